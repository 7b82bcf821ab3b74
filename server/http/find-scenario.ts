import type { IncomingHttpHeaders } from 'node:http';
import { resultCodesOf } from '../profiles/profile.js';
import { type CallKind, canActOn } from '../scenarios/call-kinds.js';
import { libraryScenario } from '../scenarios/library.js';
import type { MatchableCall } from '../scenarios/matches-call.js';
import { type AppliedScenario, nextRequestedStep } from '../scenarios/scenario-list.js';
import type { Then } from '../scenarios/schema.js';
import { findResult } from '../tenants/check-scenario.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, type TextCode, text } from '../texts/text.js';

/** A call asks by this header for a scenario that acts on this call only. */
const scenarioHeader = 'x-emulator-scenario';

const callers: Readonly<Record<CallKind, TextCode>> = {
  openapi: 'call-of-server',
  authorization: 'call-of-mini-program',
  'silent-authorization': 'call-without-screen',
  jsapi: 'call-of-mini-program',
  'prepared-screen': 'screen-of-server',
};

/** The maximum number of the tenant's scenarios in a message. */
const maxNamed = 5;

/** Describes a call to the scenarios. It is called only if a scenario may act on the call. */
type DescribeCall = () => Omit<MatchableCall, 'headers'> | Promise<Omit<MatchableCall, 'headers'>>;

/**
 * Finds the scenario that acts on a call: the one that the header X-Emulator-Scenario names, else the first that matches. Counts it.
 *
 * @param onUnknown `ignore`: if the header names nothing that can act on this call, use the first scenario that matches
 * @returns `unknown`, a message for the caller, if the header names nothing that can act on this call
 */
export function findScenario(
  tenant: Tenant,
  headers: IncomingHttpHeaders,
  describe: DescribeCall,
  onUnknown: 'ignore',
): Promise<AppliedScenario | undefined>;
export function findScenario(
  tenant: Tenant,
  headers: IncomingHttpHeaders,
  describe: DescribeCall,
): Promise<AppliedScenario | { unknown: Text } | undefined>;
export async function findScenario(
  tenant: Tenant,
  headers: IncomingHttpHeaders,
  describe: DescribeCall,
  onUnknown?: 'ignore',
): Promise<AppliedScenario | { unknown: Text } | undefined> {
  const name = headers[scenarioHeader];
  const named = typeof name === 'string' && name !== '';
  if (!named && tenant.scenarios.size === 0) return undefined;
  const facts = await describe();
  let scenario = named ? namedScenario(tenant, name, facts.kind) : undefined;
  if (!named || (scenario !== undefined && 'unknown' in scenario && onUnknown === 'ignore'))
    scenario = tenant.scenarios.applyFirstMatch({ ...facts, headers });
  return scenario;
}

/** The scenario that a header names: one of the tenant's, a result code, or one of the library. */
function namedScenario({ scenarios, profile }: Tenant, name: string, kind: CallKind): AppliedScenario | { unknown: Text } {
  const running = scenarios.get(name);
  const step = running ? nextRequestedStep(running) : builtInStep();
  const shown = name.slice(0, 80);
  if (step === undefined) {
    const ids = scenarios.all().map(({ id }) => id);
    const codes = resultCodesOf(profile);
    if (ids.length === 0) return { unknown: text('scenario-header-unknown', { name: shown, codes }) };
    const known = [...ids.slice(0, maxNamed), ...(ids.length > maxNamed ? ['…'] : [])];
    return { unknown: text('scenario-header-unknown-own', { name: shown, scenarios: known, codes }) };
  }
  if (!canActOn(step, kind)) {
    return {
      unknown: text('scenario-header-no-effect', { name: shown, parts: Object.keys(step), call: { code: callers[kind] } }),
    };
  }
  // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
  return scenarios.applyByName(name) ?? { id: name, then: step, hit: 1 };

  function builtInStep(): Then | undefined {
    if (findResult(profile, name) !== undefined) return { result: name };
    return ([libraryScenario(name)?.scenario.then].flat() as (Then | undefined)[])[0];
  }
}
