import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageCookie } from '../pages/console-language.js';
import { formOf } from './after-action.js';
import { localPath } from './local-path.js';

/** The switch of languages in the header. A browser remembers the choice; the tenant does not change, so that a report has it too. */
export async function languageForm(app: FastifyInstance): Promise<void> {
  app.post('/language', { config: { reads: true } }, async (request, reply) => {
    const { lang, back } = formOf(request);
    const cookie = languageCookie(request, lang);
    if (cookie !== undefined) reply.header('set-cookie', cookie);
    return reply.header('cache-control', 'no-store').redirect(withoutLanguage(localPath(back) ?? `${request.prefix}/`), 303);
  });
}

/** A page that a browser opens with `lang` in its address: the pages that its links lead to have that language too. */
export async function rememberLanguage(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.headers['sec-fetch-dest'] !== 'document') return;
  const cookie = languageCookie(request, (request.query as { lang?: unknown }).lang);
  if (cookie !== undefined) reply.header('set-cookie', cookie);
}

/** The language of an address counts before the one that was chosen. */
function withoutLanguage(path: string): string {
  const url = new URL(path, 'http://emulator.invalid');
  url.searchParams.delete('lang');
  return url.pathname + url.search + url.hash;
}
