import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants/tenant.js';
import { brandModel } from './brand.js';
import { catalogue, chooseLanguage, phrase } from './catalogues.js';
import { sendPage } from './render.js';

/**
 * Sends a page with 404 that says that the address is wrong, with links to the dashboard and the playground.
 * @param prefix of the tenant's paths
 */
export function sendUnknownPage(
  { query, headers }: FastifyRequest,
  reply: FastifyReply,
  tenant: Tenant,
  prefix: string,
): Promise<string> {
  const lang = chooseLanguage((query as { lang?: unknown }).lang, headers['accept-language'], tenant.profile.source.locale);
  const say = (part: string) => phrase(catalogue(lang), `notice.page.${part}`) ?? '';
  const assets = `${prefix}/assets`;
  reply.status(404);
  return sendPage(reply, 'notice', {
    lang,
    assets,
    wallet: brandModel(tenant.profile, assets),
    mode: 'page',
    title: say('title'),
    message: say('message'),
    advice: say('advice'),
    answer: null,
    onward: [
      { href: `${prefix}/`, text: phrase(catalogue(lang), 'notice.dashboard') },
      { href: `${prefix}/playground`, text: phrase(catalogue(lang), 'dashboard.openPlayground') },
    ],
  });
}
