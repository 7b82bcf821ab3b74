import { activeScenarios, refusesFirstScreen } from '../tenants/active-scenarios.js';
import type { Tenant } from '../tenants/tenant.js';

/** The counts of everything that a tenant has in addition to the fixtures. */
export function countsOf(tenant: Tenant) {
  const { store, scenarios, journal, clients, apps, users } = tenant;
  const { consents, authCodes, accessTokens, refreshTokens } = store.entries();
  const changes = [clients, apps, users].map((listing) => [...listing.changes()].length);
  return {
    tokens: accessTokens.length + refreshTokens.length,
    codes: authCodes.length,
    consents: consents.length,
    scenarios: scenarios.size + (refusesFirstScreen(tenant) ? 1 : 0),
    scenariosOn: activeScenarios(tenant).length,
    entries: journal.size,
    records: changes.reduce((sum, count) => sum + count, 0),
  };
}
