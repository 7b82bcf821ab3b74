import type { FastifyRequest } from 'fastify';
import { brandModel } from '../pages/brand.js';
import { consoleLanguage } from '../pages/console-language.js';
import { headerModel } from '../pages/header-model.js';
import { valueInWords } from '../pages/value-text.js';
import { streamAddress } from './stream-address.js';

/** The values that every console page needs: the wallet, its users and clients. */
export function consoleModel(request: FastifyRequest) {
  const { tenant, base, prefix, openedReport } = request;
  const { title } = tenant.profile.source;
  const assets = `${prefix}/assets`;
  const lang = consoleLanguage(request);
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
      active: status === 'ACTIVE',
      status: valueInWords('status', status, lang),
      signature: valueInWords('signature', signature, lang),
      apps: tenant.appsOf(clientId).map((app) => ({ appId: app.appId, name: app.name })),
    })),
  };
}
