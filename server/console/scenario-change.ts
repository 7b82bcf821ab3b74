import { libraryScenario } from '../scenarios/library.js';
import type { ScenarioRecord } from '../scenarios/schema.js';
import { activeScenarios, refuseFirstScreen } from '../tenants/active-scenarios.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Form } from './after-action.js';
import { askedScopes, fitted, refusedScope, withRefusedScope } from './scenario-card.js';

/** The result of a card's form: a key of the texts under `done`, and the control API's operation that does the same. */
export interface CardChange {
  done: string;
  /** Absent: nothing was changed. */
  operation?: 'createScenario' | 'changeScenario';
  /** The fields that were changed. */
  fields?: string[];
}

/**
 * Changes a scenario as the form of its card says: on or off, how often, and which scope is refused. One of the library that the tenant
 * does not have is added when it is switched on.
 */
export function changeByCard(tenant: Tenant, id: string, form: Form): CardChange {
  const { scenarios, profile } = tenant;
  const running = scenarios.get(id);
  const known = libraryScenario(id);
  const before = running?.record ?? (known && fitted(profile, { id, ...known.scenario }));
  if (before === undefined) return { done: 'unknown' };
  const times = readTimes(form);
  if (times === 'wrong') return { done: 'times-wrong' };
  const record = changed(tenant, before, form, times);
  // A scenario that does not fit any more, because the wallet was changed, can be switched off.
  if (record.enabled !== false && findScenarioProblem(profile, record) !== undefined) return { done: 'nothing' };
  if (running !== undefined) {
    scenarios.change(id, record);
    return { done: doneBy(form), operation: 'changeScenario', fields: Object.keys(form).filter((name) => name !== 'back') };
  }
  if (form.enabled !== 'true') return { done: 'nothing' };
  scenarios.add(record);
  return { done: 'scenario-on', operation: 'createScenario' };
}

/** Switches all scenarios off. @returns the ids of those that were on */
export function switchAllOff(tenant: Tenant): string[] {
  const ids = activeScenarios(tenant);
  for (const id of ids) {
    const record = tenant.scenarios.get(id)?.record;
    if (record !== undefined) tenant.scenarios.change(id, { ...record, enabled: false });
  }
  refuseFirstScreen(tenant, false);
  return ids;
}

function changed({ profile }: Tenant, before: ScenarioRecord, form: Form, times: number | undefined): ScenarioRecord {
  const { enabled, times: _, ...others } = before;
  const isOn = form.enabled === undefined ? enabled !== false : form.enabled === 'true';
  const record = { ...others, ...(!isOn && { enabled: false }), ...(times !== undefined && { times }) };
  const { scope } = form;
  if (typeof scope !== 'string' || !askedScopes(profile).includes(scope) || refusedScope(record) === undefined) return record;
  return withRefusedScope(record, scope);
}

/** @returns the number of calls, undefined for all, or `wrong` */
function readTimes({ often, count }: Form): number | undefined | 'wrong' {
  if (often === 'once') return 1;
  if (often !== 'times') return undefined;
  return /^[1-9]\d{0,8}$/.test(String(count).trim()) ? Number(count) : 'wrong';
}

function doneBy({ enabled }: Form): string {
  if (enabled === undefined) return 'saved';
  return enabled === 'true' ? 'scenario-on' : 'scenario-off';
}
