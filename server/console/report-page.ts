import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import { consoleModel } from './console-model.js';

/** The page that takes a report of a problem. Its form downloads the report from the control API. */
export async function reportPage(app: FastifyInstance): Promise<void> {
  app.get('/report', async (request, reply) => sendPage(reply, 'report', consoleModel(request)));
}
