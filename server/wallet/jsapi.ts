import type { FastifyInstance } from 'fastify';
import { sendError } from '../http/send-error.js';
import { answerCall } from './answer-call.js';
import { readCall } from './read-call.js';

/** The bridge's calls. Pages of other origins may make these, and no others. */
export async function jsapi(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.headers({
      'access-control-allow-origin': origin ?? '*',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
      vary: 'Origin',
      'cache-control': 'no-store',
    });
  });
  app.options('/wallet/jsapi', { config: { forPages: true } }, async (_request, reply) => reply.status(204).send());
  app.post('/wallet/jsapi', { config: { forPages: true } }, async (request, reply) => {
    const read = readCall(request.body);
    if ('problem' in read) return sendError(reply, 400, 'illegal-call', read.problem);
    return answerCall(request, reply, read.call);
  });
}
