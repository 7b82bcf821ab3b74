import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants/tenant.js';
import { brandModel } from './brand.js';
import { catalogue, phrase } from './catalogues.js';
import { consoleLanguage } from './console-language.js';
import { sendPage } from './render.js';

/** The words of a notice, in one language. */
export interface Notice {
  title: string;
  message: string;
  advice?: string;
  /** Links to go on. */
  onward: readonly { href: string; text: string }[];
}

/** Finds a text by its key in the language of a page. */
export type Say = (key: string) => string;

/**
 * Sends a page that says one thing, with links to go on.
 * @param place whose brand the page has, and the prefix of its paths
 * @param write writes the words in the language of the page
 */
export function sendNotice(
  request: FastifyRequest,
  reply: FastifyReply,
  { tenant, prefix }: { tenant: Tenant; prefix: string },
  write: (say: Say, lang: string) => Notice,
): Promise<string> {
  const lang = consoleLanguage(request, tenant);
  const say = (key: string) => phrase(catalogue(lang), key) ?? key;
  const assets = `${prefix}/assets`;
  const wallet = brandModel(tenant.profile, assets);
  return sendPage(reply, 'notice', { lang, assets, wallet, mode: 'page', answer: null, ...write(say, lang) });
}
