import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import { resetBehaviour } from '../tenants/behaviour.js';
import { text } from '../texts/text.js';
import { goBack, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';

/** The page that lists the users, each with what they do now. */
export async function usersPage(app: FastifyInstance): Promise<void> {
  app.get('/users', async (request, reply) => sendPage(reply, 'users', consoleModel(request)));
  app.post<{ Params: { id: string } }>('/users/:id/reset-behaviour', async (request, reply) => {
    const { tenant, params } = request;
    if (!resetBehaviour(tenant, params.id)) return goBack(request, reply, 'unknown', '/users');
    await noteAction(request, reply, 'changeUser', text('behaviour-reset', { id: params.id }), {
      userId: params.id,
    });
    return goBack(request, reply, 'behaviour-reset', '/users');
  });
}
