import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formatTime } from '../clock/time.js';
import type { Consent } from '../engine/store.js';
import { showProblemsAsPages } from '../pages/problem-page.js';
import { sendPage } from '../pages/render.js';
import { scopeTitle } from '../pages/scope-text.js';
import { dayInWords } from './claims-text.js';
import type { Form } from './drawer.js';
import { chosenLanguage } from './tickets.js';
import { userModel, userOptions } from './user-model.js';
import { appModel, walletModel } from './wallet-model.js';

/** The page that lists the mini programs that a user shares data with. The user can withdraw each consent. */
export async function authorizedApps(app: FastifyInstance): Promise<void> {
  showProblemsAsPages(app);
  app.get('/wallet/apps', async (request, reply) => sendPage(reply, 'apps', await appsModel(request)));
  app.post('/wallet/apps', async (request, reply) => {
    const { tenant } = request;
    const { userId, withdraw, chosenUser } = (request.body ?? {}) as Form;
    const user = tenant.currentUser;
    if (typeof withdraw === 'string') {
      // Another user may have logged in since the page was shown: only the user of the page withdraws.
      if (user !== undefined && user.userId === userId)
        await tenant.tokens.withdraw({ userId, appOrClientId: withdraw }, 'revoker-user');
    } else if (typeof chosenUser === 'string' && tenant.users.get(chosenUser) !== undefined)
      tenant.changeSettings({ user: chosenUser });
    return reply.redirect(`${request.prefix}/wallet/apps?lang=${chosenLanguage(request)}`, 303);
  });
}

async function appsModel(request: FastifyRequest) {
  const { tenant, prefix } = request;
  const lang = chosenLanguage(request);
  const user = tenant.currentUser;
  const consents = user === undefined ? [] : await tenant.store.consentsOf(user.userId);
  return {
    ...walletModel(tenant, lang, prefix),
    mode: 'page',
    action: `${prefix}/wallet/apps?lang=${lang}`,
    user: user && userModel(user, prefix),
    users: userOptions(tenant, user, lang, prefix),
    consents: consents.map((consent) => consentItem(request, consent, lang)),
  };
}

function consentItem({ tenant, prefix }: FastifyRequest, { clientId, appId, scopes }: Consent, lang: string) {
  const { timeOffset } = tenant.profile.source;
  const since = formatTime(Math.min(...Object.values(scopes)), timeOffset);
  return {
    id: appId ?? clientId,
    app: appModel(tenant, { clientId }, appId === undefined ? undefined : tenant.apps.get(appId), prefix),
    scopes: Object.keys(scopes).map((scope) => scopeTitle(tenant.profile, scope, lang)),
    since: dayInWords(since.slice(0, 10), lang),
    timeOffset,
  };
}
