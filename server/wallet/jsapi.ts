import type { FastifyInstance } from 'fastify';
import { sendError } from '../http/send-error.js';
import { allowPages } from './allow-pages.js';
import { answerCall } from './answer-call.js';
import { readCall } from './read-call.js';

/** The bridge's calls. Pages of other origins may make these, and no others. */
export async function jsapi(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', allowPages);
  app.options('/wallet/jsapi', { config: { forPages: true } }, async (_request, reply) => reply.status(204).send());
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.post('/wallet/jsapi', { config: { forPages: true } }, async (request, reply) => {
    // A form can send text too, and browsers ask no server before it.
    if (request.headers['sec-fetch-mode'] === 'navigate')
      return sendError(reply, 403, 'other-origin', 'a form cannot make this call; load my.js, and call it by a script');
    const read = readCall(request.body);
    if ('problem' in read) return sendError(reply, 400, 'illegal-call', read.problem);
    return answerCall(request, reply, read.call);
  });
}
