import type { FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants/tenant.js';
import { chooseLanguage, languages } from './catalogues.js';

/** The cookie with the language that a person chose in the header. The screens of the wallet do not read it. */
const cookieName = 'billetera-lang';
const yearInSeconds = 365 * 24 * 60 * 60;

/**
 * The language of a page for testers: `lang` of the address, else the one chosen in the header, the browser's, the wallet's.
 * @param tenant whose wallet the page shows
 */
export function consoleLanguage(request: FastifyRequest, tenant: Tenant = request.tenant): string {
  const { query, headers } = request;
  const asked = (query as { lang?: unknown }).lang;
  return chooseLanguage(asked ?? chosenIn(headers.cookie), headers['accept-language'], tenant.profile.source.locale);
}

/**
 * The value of `Set-Cookie` that remembers a language, for all tenants.
 * @returns undefined if the pages are not in this language
 */
export function languageCookie({ callAddress }: FastifyRequest, lang: unknown): string | undefined {
  if (typeof lang !== 'string' || !languages.includes(lang)) return undefined;
  return `${cookieName}=${lang}; Path=${callAddress.basePath || '/'}; Max-Age=${yearInSeconds}; HttpOnly; SameSite=Lax`;
}

function chosenIn(cookies = ''): string | undefined {
  const start = `${cookieName}=`;
  const [found] = cookies.split(';').flatMap((cookie) => (cookie.trim().startsWith(start) ? [cookie.trim()] : []));
  const lang = found?.slice(start.length);
  return lang !== undefined && languages.includes(lang) ? lang : undefined;
}
