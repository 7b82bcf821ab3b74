import type { WantedScopes } from '../engine/scopes.js';
import type { Tenant } from '../tenants/tenant.js';
import { type DrawerAnswer, type Form, readDrawer } from './drawer.js';

/** What was done on the screen before the user was changed: the screen of the next user begins with it. */
export interface FormState {
  drawer?: DrawerAnswer;
  unticked: ReadonlySet<string>;
}

const drawerFields = ['error', 'delay', 'refuse', 'refuseCode', 'always'];

/** The form's part that outlives a change of user, as an address carries it. What the user would not be given anyhow is no choice of the form. */
export function formStateQuery(tenant: Tenant, form: Form, { ask }: WantedScopes): string {
  const ticked = [form.scope ?? []].flat();
  const refused = tenant.currentUser?.refuse ?? {};
  const unticked = tenant.profile.source.consent.choice
    ? ask.filter((scope) => !ticked.includes(scope) && !Object.hasOwn(refused, scope))
    : [];
  const query = new URLSearchParams({ formState: '' });
  for (const name of drawerFields) for (const value of [form[name] ?? []].flat()) query.append(name, value);
  for (const scope of unticked) query.append('unticked', scope);
  return query.toString();
}

/** @returns undefined for a screen that shows for the first time */
export function readFormState(tenant: Tenant, query: Form): FormState | undefined {
  if (query.formState === undefined) return undefined;
  return {
    ...(tenant.settings.drawer && { drawer: readDrawer(query) }),
    unticked: new Set([query.unticked ?? []].flat()),
  };
}
