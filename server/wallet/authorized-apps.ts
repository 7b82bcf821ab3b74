import type { FastifyInstance } from 'fastify';
import { formatTime } from '../clock/time.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { withdrawConsent } from '../tenants/withdraw-consent.js';
import { dayInWords } from './claims-text.js';
import { appModel, walletModel } from './consent-view.js';
import type { Form } from './drawer.js';
import { language } from './tickets.js';

/** Where a user sees to whom they agreed to share what, and takes it back. */
export async function authorizedApps(app: FastifyInstance): Promise<void> {
  app.get('/wallet/apps', async (request, reply) => {
    const { tenant } = request;
    const lang = language(request);
    const user = tenant.currentUser;
    const words = catalogue(lang);
    const { timeOffset } = tenant.profile.source;
    const consents = user === undefined ? [] : await tenant.store.consentsOf(user.userId);
    const model = {
      ...walletModel(tenant, lang, request),
      mode: 'page',
      action: `${request.prefix}/wallet/apps?lang=${lang}`,
      user: user && { userId: user.userId, name: user.record.name },
      users: Array.from(tenant.users.all(), ({ userId, record }) => ({
        userId,
        name: record.name,
        selected: userId === user?.userId,
      })),
      consents: consents.map(({ clientId, appId, scopes }) => ({
        id: appId ?? clientId,
        app: appModel(tenant, { clientId }, appId === undefined ? undefined : tenant.apps.get(appId), request),
        scopes: Object.keys(scopes).map(
          (name) => tenant.profile.source.scopes[name]?.words?.[lang]?.title ?? phrase(words, `scopes.${name}.title`) ?? name,
        ),
        since: dayInWords(formatTime(Math.min(...Object.values(scopes)), timeOffset).slice(0, 10), lang),
      })),
    };
    return sendPage(reply, 'apps', model);
  });
  app.post('/wallet/apps', async (request, reply) => {
    const { tenant } = request;
    const { userId, withdraw } = (request.body ?? {}) as Form;
    const user = tenant.currentUser;
    if (typeof withdraw === 'string') {
      // Only of the user whose page it was: somebody else may have logged in since it was shown.
      if (user !== undefined && user.userId === userId) await withdrawConsent(tenant, userId, withdraw, 'the user');
    } else if (typeof userId === 'string' && tenant.users.get(userId) !== undefined) tenant.changeSettings({ user: userId });
    return reply.redirect(`${request.prefix}/wallet/apps?lang=${language(request)}`, 303);
  });
}
