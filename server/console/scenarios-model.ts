import { catalogue, phrase } from '../pages/catalogues.js';
import type { UserRecord } from '../records/schema.js';
import { library, libraryGroups } from '../scenarios/library.js';
import { refusesFirstScreen } from '../tenants/active-scenarios.js';
import type { Tenant } from '../tenants/tenant.js';
import { libraryCard, ownCard } from './scenario-card.js';

/** The scenarios of a tenant: its own, then the library by groups, then what a user or a setting does. */
export function scenariosModel<User extends { userId: string }>(tenant: Tenant, users: readonly User[], lang: string) {
  const names = new Set(library.map(({ name }) => name));
  const own = tenant.scenarios.all().filter(({ id }) => !names.has(id));
  return {
    own: own.map((scenario) => ownCard(tenant, scenario, lang)),
    groups: libraryGroups.map((group) => ({
      id: group,
      title: phrase(catalogue(lang), `scenarios.groups.${group}`),
      cards: library.filter((known) => known.group === group).map((known) => libraryCard(tenant, known, lang)),
    })),
    withoutPhone: users.filter(({ userId }) => !hasPhone(tenant.users.get(userId)?.record)),
    firstScreenRefused: refusesFirstScreen(tenant),
  };
}

/** Returns true if a user has a phone number, as a contact or to log in with. */
function hasPhone(record: UserRecord | undefined): boolean {
  const types = [
    ...(record?.contactInfos ?? []).map(({ contactType }) => contactType),
    ...(record?.loginIdInfos ?? []).map(({ loginIdType }) => loginIdType),
  ];
  return types.includes('MOBILE_PHONE');
}
