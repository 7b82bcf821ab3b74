import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Text, text } from '../texts/text.js';
import { inEnglish, inLanguage } from '../texts/write-text.js';
import { sendNotice } from './notice-page.js';

const megabyte = 1024 * 1024;

/**
 * Shows the problems of an app's routes to people: a page in their language says what is wrong. Programs get `{ error, message }`.
 * Problems are errors of the routes, and state that cannot be stored (http/wait-until-stored.ts).
 */
export function showProblemsAsPages(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, problem } = describe(error, request.routeOptions.bodyLimit ?? 0);
    if (status >= 500) request.log.error(error);
    reply.status(status);
    if (!acceptsPage(request)) return reply.send({ error: status < 500 ? 'invalid' : 'failed', message: inEnglish(problem) });
    return sendProblem(request, reply, problem);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const { storageProblem } = request;
    if (storageProblem === undefined || !acceptsPage(request)) return payload;
    return sendProblem(request, reply.type('text/html; charset=utf-8'), storageProblem.text);
  });
}

function acceptsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') === true;
}

/** @param bodyLimit of the route, in bytes */
function describe(error: FastifyError, bodyLimit: number): { status: number; problem: Text } {
  const { statusCode = 500, code } = error;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { status: 413, problem: text('form-too-large', { limit: bodyLimit / megabyte }) };
  if (statusCode < 500) return { status: statusCode, problem: text('form-unreadable') };
  return { status: 500, problem: text('request-failed') };
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Text): Promise<string> {
  return sendNotice(request, reply, request, (say, lang) => ({
    title: say('notice.problem.title'),
    message: inLanguage(problem, lang),
    advice: say('notice.problem.advice'),
    onward: [{ href: `${request.prefix}/`, text: say('notice.dashboard') }],
  }));
}
