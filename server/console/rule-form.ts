import { isDeepStrictEqual } from 'node:util';
import type { RunningScenario } from '../scenarios/scenario-list.js';
import { Scenario, type ScenarioRecord } from '../scenarios/schema.js';
import { findProblem, type Problem, problemText } from '../schemas/problem.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import type { Form } from './after-action.js';
import { readFields, writeField } from './record-form.js';
import { ruleFields } from './rule-fields.js';

/** All fields of the form. */
export const allRuleFields = ruleFields.flatMap(({ fields }) => fields);

/** A rule as the form gives it, or the problem that begins with the field. A rule with a wrong part has both. */
export interface ReadRule {
  record?: ScenarioRecord;
  problem?: Text;
}

/**
 * Reads and checks a rule. The field `change` names the scenario that the form changes, which stays on or off.
 * @param draft true while a person types: it may still lack what it does
 */
export function readRule(tenant: Tenant, form: Form, draft = false): ReadRule {
  const read = readFields(allRuleFields, form, {});
  if ('problem' in read) return read;
  const changed = changedBy(tenant, form.change);
  const record = {
    ...read.record,
    ...(changed && { id: changed.id }),
    ...(changed?.record.enabled === false && { enabled: false }),
  } as ScenarioRecord;
  // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
  const checked = draft && record.then === undefined ? { ...record, then: { delay: 0 } } : record;
  const taken = changed === undefined ? takenId(tenant, checked) : undefined;
  const problem = findProblem(Scenario, checked) ?? findScenarioProblem(tenant.profile, checked) ?? taken;
  return { record, ...(problem && { problem: problemText(problem, 'the-form') }) };
}

/**
 * The scenario that the form changes; undefined if it adds one. A scenario that the form cannot show as a whole is not changed by it.
 * @param id the field `change`
 */
export function changedBy({ scenarios }: Tenant, id: unknown): RunningScenario | undefined {
  const scenario = typeof id === 'string' ? scenarios.get(id) : undefined;
  return scenario !== undefined && fitsForm(scenario.record) ? scenario : undefined;
}

/** Returns true if the form can show all of a rule. It has no fields for a list of steps, for example. */
export function fitsForm({ enabled: _, ...rule }: ScenarioRecord): boolean {
  const written = allRuleFields.map((field): [string, string | string[]] => [field.name, writeField(field, rule)]);
  const read = readFields(allRuleFields, Object.fromEntries(written.filter(([, value]) => value.length > 0)), {});
  return 'record' in read && isDeepStrictEqual(read.record, rule);
}

function takenId({ scenarios }: Tenant, { id }: ScenarioRecord): Problem | undefined {
  if (id === undefined || scenarios.get(id) === undefined) return undefined;
  return { kind: 'wrong-value', path: 'id', message: text('rule-id-taken', { id }) };
}
