import { authorizationStates } from '../tenants/authorization-state.js';
import type { Tenant } from '../tenants/tenant.js';
import { authorizationItem } from './authorization-model.js';
import { errorsModel, findingsModel } from './problems-model.js';

/** The maximum number of authorizations on the dashboard. */
const maxAuthorizations = 8;

/** The panels of the dashboard that change with the calls. */
export async function panelsModel(tenant: Tenant, prefix: string, lang: string) {
  const states = await authorizationStates(tenant, maxAuthorizations);
  return {
    findings: findingsModel(tenant, prefix, lang),
    errors: errorsModel(tenant, prefix, lang),
    authorizations: states.map((state) => authorizationItem(tenant, state, lang)),
  };
}
