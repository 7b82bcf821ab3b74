import { isActive } from '../scenarios/scenario-list.js';
import type { Tenant } from './tenant.js';

/** The id of the scenario that testers switch on by the setting `firstScreen: refuse`. */
export const firstScreenScenario = 'first-screen';

/** The ids of the scenarios that are on: each would act on a call that matches now. All pages mean these. */
export function activeScenarios(tenant: Tenant): string[] {
  const ids = tenant.scenarios
    .all()
    .filter(isActive)
    .map(({ id }) => id);
  return refusesFirstScreen(tenant) ? [...ids, firstScreenScenario] : ids;
}

/** Returns true if the scenario of the first screen is on. */
export function refusesFirstScreen({ settings }: Tenant): boolean {
  return settings.firstScreen === 'refuse';
}

/** Switches the scenario of the first screen on or off. A setting that reports nothing stays. */
export function refuseFirstScreen(tenant: Tenant, refuses: boolean): void {
  if (refuses !== refusesFirstScreen(tenant)) tenant.changeSettings({ firstScreen: refuses ? 'refuse' : 'note' });
}
