import type { FastifyRequest } from 'fastify';
import { brandModel } from '../pages/brand.js';
import { chooseLanguage } from '../pages/catalogues.js';
import { headerModel } from '../pages/header-model.js';
import { streamAddress } from './stream-address.js';

/** The values that every console page needs: the wallet, its users and clients. */
export function consoleModel(request: FastifyRequest) {
  const { tenant, base, prefix, openedReport } = request;
  const { title } = tenant.profile.source;
  const assets = `${prefix}/assets`;
  const lang = languageOf(request);
  const header = headerModel(request, lang);
  return {
    lang,
    assets,
    base: prefix,
    stream: streamAddress(request, lang),
    url: openedReport?.url ?? base,
    wallet: { ...brandModel(tenant.profile, assets), title },
    header,
    users: header.users,
    clients: Array.from(tenant.clients.all(), ({ clientId, name, status, signature }) => ({
      clientId,
      name,
      status,
      signature,
      apps: tenant.appsOf(clientId).map((app) => ({ appId: app.appId, name: app.name })),
    })),
  };
}

/** The language of a console page: `lang` of the address, else the browser's, the wallet's. */
export function languageOf({ query, headers, tenant }: FastifyRequest): string {
  return chooseLanguage((query as { lang?: unknown }).lang, headers['accept-language'], tenant.profile.source.locale);
}
