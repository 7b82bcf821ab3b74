import type { WantedScopes } from '../engine/scopes.js';
import type { Tenant } from '../tenants/tenant.js';
import { type DrawerAnswer, type Form, readDrawer } from './drawer.js';

/** The choices made on the screen before the user was changed. The screen for the next user starts with them. */
export interface FormState {
  drawer?: DrawerAnswer;
  unticked: ReadonlySet<string>;
}

const drawerFields = ['error', 'delay', 'refuse', 'refuseCode', 'always'];

/** The choices of a form, as a query string. A scope that the user's behaviour refuses is not a choice of the form. */
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

/**
 * @param hasDrawer the screen has the tester's drawer
 * @returns undefined if the screen is shown for the first time
 */
export function readFormState(query: Form, hasDrawer: boolean): FormState | undefined {
  if (query.formState === undefined) return undefined;
  return {
    ...(hasDrawer && { drawer: readDrawer(query) }),
    unticked: new Set([query.unticked ?? []].flat()),
  };
}
