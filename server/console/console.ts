import type { KeyObject } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { tenantBase } from '../http/address.js';
import type { ControlToken } from '../http/control-token.js';
import { showProblemsAsPages } from '../pages/problem-page.js';
import { sendPage } from '../pages/render.js';
import type { Tenants } from '../tenants/tenants.js';
import { actionForms } from './action-forms.js';
import { authorizationPage } from './authorization-page.js';
import { callPage } from './call-page.js';
import type { CompareRecording } from './compare-page.js';
import { consoleModel } from './console-model.js';
import { dashboardPage } from './dashboard-page.js';
import { docsPages } from './docs/docs-pages.js';
import { journalPages } from './journal-page.js';
import { rememberLanguage } from './language-form.js';
import { playground } from './playground.js';
import { profileModel } from './profile-model.js';
import { signIn } from './sign-in.js';

export interface ConsoleOptions {
  tenants: Tenants;
  /** The address that the emulator listens at. */
  listeningUrl(): string;
  version: string;
  /** Show whole codes and tokens. */
  showSecrets: boolean;
  /** The public key that verifies the platform's answers. */
  platformKey: KeyObject;
  /** The token that the pages ask for; absent: they ask for none. */
  controlToken: ControlToken | undefined;
  /** Compares a recording of a platform with a wallet. */
  compare: CompareRecording;
  /** The emulator shows a report: there is no playground. */
  showsReport: boolean;
}

/** The pages for testers: dashboard, wallet profile, scenarios and playground. */
export async function consolePages(
  app: FastifyInstance,
  { tenants, listeningUrl, version, showSecrets, platformKey, controlToken, compare, showsReport }: ConsoleOptions,
): Promise<void> {
  showProblemsAsPages(app);
  app.addHook('onRequest', rememberLanguage);
  app.get('/favicon.ico', { config: { open: true } }, async ({ prefix }, reply) =>
    reply.redirect(`${prefix}/assets/favicon.svg`),
  );
  app.get('/profile', async (request, reply) => {
    const model = consoleModel(request);
    const others = request.tenant.wallets.map(({ name, source }) => ({
      name,
      title: source.title,
      href: `${request.callAddress.basePath}${tenantBase(name)}/profile`,
    }));
    return sendPage(reply, 'profile', { ...model, profile: profileModel(request, model.lang), others });
  });
  app.register(actionForms, { tenants, listeningUrl, showSecrets, compare });
  app.register(dashboardPage, { tenants, version, showSecrets });
  app.register(journalPages, { tenants, showSecrets });
  app.register(docsPages);
  app.register(signIn, { controlToken });
  app.register(authorizationPage, { showSecrets });
  app.register(callPage, { showSecrets });
  if (!showsReport) app.register(playground, { listeningUrl, showSecrets, platformKey });
}
