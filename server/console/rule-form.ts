import { Scenario, type ScenarioRecord } from '../scenarios/schema.js';
import { findProblem, type Problem, problemText } from '../schemas/problem.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import type { Form } from './after-action.js';
import { readFields } from './record-form.js';
import { ruleFields } from './rule-fields.js';

/** All fields of the form. */
export const allRuleFields = ruleFields.flatMap(({ fields }) => fields);

/** A rule as the form gives it, or the problem that begins with the field. The rule is there too if only a part of it is wrong. */
export interface ReadRule {
  record?: ScenarioRecord;
  problem?: Text;
}

/** Reads and checks a rule. @param draft true while a person types: it may still lack what it does */
export function readRule(tenant: Tenant, form: Form, draft = false): ReadRule {
  const read = readFields(allRuleFields, form, {});
  if ('problem' in read) return read;
  const record = read.record as ScenarioRecord;
  // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
  const checked = draft && record.then === undefined ? { ...record, then: { delay: 0 } } : record;
  const problem = findProblem(Scenario, checked) ?? findScenarioProblem(tenant.profile, checked) ?? taken(tenant, checked);
  return { record, ...(problem && { problem: problemText(problem, 'the-form') }) };
}

function taken({ scenarios }: Tenant, { id }: ScenarioRecord): Problem | undefined {
  if (id === undefined || scenarios.get(id) === undefined) return undefined;
  return { kind: 'wrong-value', path: 'id', message: text('rule-id-taken', { id }) };
}
