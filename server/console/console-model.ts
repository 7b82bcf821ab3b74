import type { FastifyRequest } from 'fastify';
import { brandModel } from '../pages/brand.js';
import { chooseLanguage } from '../pages/catalogues.js';
import { headerModel } from '../pages/header-model.js';

/** The values that every console page needs: the wallet, its users and clients. */
export function consoleModel(request: FastifyRequest) {
  const { tenant, base, prefix, query, headers, openedReport } = request;
  const { title, locale } = tenant.profile.source;
  const assets = `${prefix}/assets`;
  const lang = chooseLanguage((query as { lang?: unknown }).lang, headers['accept-language'], locale);
  const header = headerModel(request, lang);
  return {
    lang,
    assets,
    base: prefix,
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
