import type { FastifyRequest } from 'fastify';
import { presentEntry } from '../journal/present.js';
import { brandModel } from '../pages/brand.js';
import { chooseLanguage } from '../pages/catalogues.js';
import { findingInWords } from '../pages/finding-text.js';
import { headerModel } from '../pages/header-model.js';

/** The maximum number of calls that a page lists. */
const maxEntries = 50;

/** The values that every console page needs: the wallet, its users and clients, and the latest calls. */
export function consoleModel(request: FastifyRequest, showSecrets: boolean) {
  const { tenant, base, prefix, query, headers } = request;
  const { title, locale } = tenant.profile.source;
  const { authorization } = query as { authorization?: string };
  const assets = `${prefix}/assets`;
  const lang = chooseLanguage((query as { lang?: unknown }).lang, headers['accept-language'], locale);
  const header = headerModel(request, lang);
  return {
    lang,
    assets,
    base: prefix,
    url: base,
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
    filter: { authorization },
    entries: tenant.journal
      .list({ ...(authorization !== undefined && { authorizationId: authorization }) }, maxEntries)
      .map((entry) => {
        const shown = presentEntry(entry, tenant, showSecrets, lang);
        return {
          ...shown,
          operation: shown.operation ?? shown.path,
          time: shown.at.slice(11, 19),
          findings: entry.findings.map((code) => findingInWords(code, lang)),
        };
      }),
  };
}
