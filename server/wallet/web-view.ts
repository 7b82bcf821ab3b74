import type { FastifyInstance } from 'fastify';
import { startEventStream } from '../http/event-stream.js';
import { sendError } from '../http/send-error.js';
import { allowPages } from './allow-pages.js';
import { canBeSerialized } from './read-call.js';
import { WebViewSessions } from './web-view-sessions.js';

/** The longest message, in bytes. */
const bodyLimit = 256 * 1024;

const path = '/wallet/sessions/:session(^[A-Za-z0-9_.-]{1,128}$)/:half(^page|native$)';

interface Route {
  Params: { session: string; half: string };
}

/** A page in a web-view and its native code: each posts to the other half of their session, and listens to its own. */
export async function webView(app: FastifyInstance): Promise<void> {
  const sessions = new WebViewSessions();
  const config = { forPages: true };
  app.addHook('onRequest', allowPages);
  app.options(path, { config }, async (_request, reply) => reply.status(204).send());
  app.post<Route>(path, { config, bodyLimit }, async ({ tenant, params, body }, reply) => {
    if (body === undefined || !canBeSerialized(body))
      return sendError(reply, 400, 'illegal-call', 'the body: expected a message as JSON');
    sessions.post(tenant, params.session, params.half, JSON.stringify(body));
    return reply.status(204).send();
  });
  app.get<Route>(path, { config, exposeHeadRoute: false }, ({ tenant, params }, reply) => {
    const stream = startEventStream(reply);
    const listener = (message: string) => stream.write(`data: ${message}\n\n`);
    stream.onClose(sessions.listen(tenant, params.session, params.half, listener));
  });
}
