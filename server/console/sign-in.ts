import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ControlToken } from '../http/control-token.js';
import { signInPath } from '../http/request-context.js';
import { consoleLanguage } from '../pages/console-language.js';
import { sendPage } from '../pages/render.js';
import { localPath } from './local-path.js';

export interface SignInOptions {
  /** Absent: the pages ask for no token, so nobody has to sign in. */
  controlToken: ControlToken | undefined;
}

type Form = Partial<Record<'token' | 'to', unknown>>;
const route = { config: { open: true, reads: true } };

/** The page where a person enters the control token. The browser then has a cookie, which opens all pages. */
export async function signIn(app: FastifyInstance, { controlToken }: SignInOptions): Promise<void> {
  app.register(formbody);
  app.get(signInPath, route, async (request, reply) => {
    const to = localPath((request.query as Form).to);
    return request.isTester ? reply.redirect(to ?? `${request.prefix}/`, 303) : sendForm(request, reply, to);
  });
  app.post(signInPath, route, async (request, reply) => {
    const { token, to } = (request.body ?? {}) as Form;
    const isRight = controlToken === undefined || (typeof token === 'string' && controlToken.equals(token.trim()));
    if (!isRight) return sendForm(request, reply.status(401), localPath(to), true);
    if (controlToken !== undefined) reply.header('set-cookie', controlToken.cookie(request));
    return reply.header('cache-control', 'no-store').redirect(localPath(to) ?? `${request.prefix}/`, 303);
  });
}

function sendForm(request: FastifyRequest, reply: FastifyReply, to: string | undefined, isWrong = false): Promise<string> {
  const { prefix } = request;
  const lang = consoleLanguage(request);
  return sendPage(reply, 'sign-in', {
    lang,
    assets: `${prefix}/assets`,
    action: `${prefix}${signInPath}?lang=${lang}`,
    to: to ?? null,
    isWrong,
  });
}
