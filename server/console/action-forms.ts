import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { tenantBase } from '../http/address.js';
import { tenantName } from '../tenants/tenant-name.js';
import type { Tenants } from '../tenants/tenants.js';
import { askAgainForm } from './ask-again.js';
import { authorizationsPage } from './authorizations-page.js';
import { clientsPage } from './clients-page.js';
import { clockForm } from './clock-form.js';
import { type CompareRecording, comparePage } from './compare-page.js';
import { languageForm } from './language-form.js';
import { recordPages } from './record-pages.js';
import { reportPage } from './report-page.js';
import { resetPage } from './reset-page.js';
import { scenariosPage } from './scenarios-page.js';
import { sendAgainForm } from './send-again.js';
import { menuForms } from './settings-form.js';
import { settingsPage } from './settings-page.js';
import { signaturesPage } from './signatures-page.js';
import { snapshotPage } from './snapshot-page.js';
import { tokenActions } from './token-actions.js';
import { usersPage } from './users-page.js';

export interface ActionOptions {
  tenants: Tenants;
  listeningUrl(): string;
  showSecrets: boolean;
  compare: CompareRecording;
}

/** The pages and forms by which a person changes the tenant. Those of the header are on every page. */
export async function actionForms(
  app: FastifyInstance,
  { tenants, listeningUrl, showSecrets, compare }: ActionOptions,
): Promise<void> {
  app.register(formbody);
  app.register(clockForm);
  app.register(languageForm);
  app.register(menuForms);
  app.register(tokenActions);
  app.register(signaturesPage, { showSecrets });
  app.register(comparePage, { compare });
  app.register(sendAgainForm, { listeningUrl });
  app.register(authorizationsPage);
  app.register(askAgainForm);
  app.register(usersPage);
  app.register(clientsPage);
  app.register(recordPages);
  app.register(settingsPage);
  app.register(scenariosPage);
  app.register(reportPage);
  app.register(resetPage, { tenants });
  app.register(snapshotPage, { tenants });
  app.get('/tenants', async (request, reply) => {
    const { name } = request.query as { name?: unknown };
    const isName = typeof name === 'string' && tenantName.test(name);
    return reply.redirect(`${isName ? request.callAddress.basePath + tenantBase(name) : request.prefix}/`, 303);
  });
}
