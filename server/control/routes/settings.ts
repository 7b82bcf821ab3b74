import type { Static } from 'typebox';
import { Changes } from '../../schemas/common.js';
import { checkScenariosFit } from '../../tenants/check-scenario.js';
import { Settings } from '../../tenants/settings.js';
import type { Tenant } from '../../tenants/tenant.js';
import { text } from '../../texts/text.js';
import { rethrowAsInvalid } from '../control-error.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const SettingsChanges = Changes(Settings);
const tags = ['emulator'];

export const settings: ControlPlugin = async (app) => {
  const read = {
    operationId: 'readSettings',
    tags,
    summary: 'Reads the settings',
    response: responses(200, Settings),
  };
  app.get('/_emulator/settings', { schema: read }, async ({ tenant }) => presentSettings(tenant));

  const change = {
    operationId: 'changeSettings',
    tags,
    summary: 'Changes the named settings',
    description: 'lifetimes is replaced as a whole: {} restores the lifetimes of the wallet.',
    body: SettingsChanges,
    response: responses(200, Settings, 400),
  };
  app.put('/_emulator/settings', { schema: change }, async (request) => {
    const { tenant, body } = request;
    const changes = body as Partial<Static<typeof Settings>>;
    rethrowAsInvalid(() => {
      checkWallet(tenant, changes.wallet);
      tenant.changeSettings(changes);
    });
    const names = Object.entries(body).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    noteChange(request, names.length === 0 ? text('settings-unchanged') : text('settings-changed', { names }), {
      userId: body.user,
    });
    return presentSettings(tenant);
  });
};

/** The scenarios must fit the next wallet. An unknown wallet is for `changeSettings` to refuse. */
function checkWallet({ wallets, scenarios, settings: { wallet: current } }: Tenant, wallet: string | undefined): void {
  const profile = wallet === current ? undefined : wallets.find(({ name }) => name === wallet);
  if (profile === undefined) return;
  checkScenariosFit(
    profile,
    scenarios.all().map(({ id, record }) => ({ ...record, id })),
  );
}

export function presentSettings(tenant: Tenant): Static<typeof Settings> {
  return { ...tenant.settings, user: tenant.currentUser?.userId ?? tenant.settings.user };
}
