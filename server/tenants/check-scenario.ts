import { durationHint, parseDuration } from '../clock/duration.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import type { Profile } from '../profiles/profile.js';
import type { Fixtures } from '../records/fixtures.js';
import { type CallKind, callKinds, callKindsFor, canActOn } from '../scenarios/call-kinds.js';
import type { ScenarioRecord, Then } from '../scenarios/schema.js';

/** The outcome of a result: the engine's name for it, or the wallet's result code. If a code has several outcomes, the first. */
export function outcomeNamed({ codes }: Profile, result: string): OutcomeName | undefined {
  return outcomeNames.find((name) => name === result) ?? outcomeNames.find((name) => codes[name].code === result);
}

/**
 * Checks a scenario for a wallet: its operation and result must exist, and what it does must have an effect on the operation.
 * @returns the field and what was expected, or undefined if the scenario is valid
 */
export function scenarioProblem(profile: Profile, record: ScenarioRecord): string | undefined {
  const { when: { operation = '*' } = {}, then } = record;
  const kinds = kindsOf(profile, operation);
  if (kinds.length === 0) {
    const operations = new Set([...Array.from(profile.operations.values(), ({ name }) => name), ...profile.jsapis.keys()]);
    return `when.operation: expected *, or one of ${[...operations].join(', ')}`;
  }
  for (const [at, step] of stepsOf(then)) {
    const problem = resultProblem(profile, step) ?? effectProblem(step, operation, kinds);
    if (problem !== undefined) return `${at}.${problem}`;
  }
  return walletIndependentProblem(record);
}

/** Checks what does not depend on the wallet, such as durations. @returns the field and what was expected, or undefined */
export function walletIndependentProblem({ id, when, then }: ScenarioRecord): string | undefined {
  if (id === 'library') return 'id: "library" is reserved for the path …/scenarios/library; choose another id';
  const pointer = Object.keys(when?.body ?? {}).find((name) => name !== '' && !name.startsWith('/'));
  if (pointer !== undefined) return `when.body.${pointer}: expected a JSON pointer (RFC 6901), such as /${pointer}`;
  for (const [at, step] of stepsOf(then)) {
    const problem = stepProblem(step);
    if (problem !== undefined) return `${at}.${problem}`;
  }
  return undefined;
}

/** @throws Error in one line if a scenario of the fixtures does not fit the wallet */
export function checkFixtureScenarios(profile: Profile, { scenarios, scenariosFile }: Fixtures): void {
  for (const [index, record] of scenarios.entries()) {
    const problem = scenarioProblem(profile, record);
    if (problem !== undefined)
      throw new Error(`${scenariosFile}: scenarios[${index}].${problem} (the wallet is ${profile.name})`);
  }
}

function stepsOf(then: ScenarioRecord['then']): [at: string, step: Then][] {
  return Array.isArray(then) ? then.map((step, index) => [`then.${index}`, step]) : [['then', then]];
}

/** The kinds of calls of an operation. */
function kindsOf({ operations, jsapis }: Profile, operation: string): readonly CallKind[] {
  if (operation === '*') return callKinds;
  const jsapi = jsapis.get(operation);
  const openapi = [...operations.values()].find(({ name }) => name === operation);
  return [
    ...(openapi === undefined
      ? []
      : openapi.verb === 'start'
        ? (['openapi', 'prepared-screen'] as const)
        : (['openapi'] as const)),
    ...(jsapi === undefined
      ? []
      : jsapi.verb === 'authorize'
        ? (['authorization', 'silent-authorization', 'jsapi'] as const)
        : (['jsapi'] as const)),
  ];
}

function resultProblem(profile: Profile, { result }: Then): string | undefined {
  if (result === undefined || outcomeNamed(profile, result) !== undefined) return undefined;
  const known = [...new Set([...Object.values(profile.codes).map(({ code }) => code), ...outcomeNames])];
  return `result: expected one of ${known.join(', ')}`;
}

/** Finds a part that has no effect on the operation: a user, for example, cannot refuse a call of a merchant's server. */
function effectProblem(step: Then, operation: string, kinds: readonly CallKind[]): string | undefined {
  if (kinds.some((kind) => canActOn(step, kind))) return undefined;
  const parts = Object.keys(step) as (keyof Then)[];
  const useless = parts.find((part) => !callKindsFor(part, step).some((kind) => kinds.includes(kind)));
  const caller = kinds.includes('openapi') ? "a merchant's server" : 'a mini program';
  return useless === undefined
    ? `${parts[0]}: no call of ${operation} is affected by ${parts.join(' and ')} together; use a list with one object for each call`
    : `${useless}: has no effect on ${operation}, which is called by ${caller}`;
}

function stepProblem({ result, status, delay, lifetimes, body, message, error }: Then): string | undefined {
  if (result !== undefined && status !== undefined) return 'status: expected result or status, not both';
  if (body !== undefined && status === undefined) return 'status: missing; a body needs the HTTP status of the answer';
  if (message !== undefined && result === undefined && error === undefined) return 'message: expected only with result or error';
  const durations = {
    ...(typeof delay === 'object' ? { 'delay.min': delay.min, 'delay.max': delay.max } : { delay }),
    ...Object.fromEntries(Object.entries(lifetimes ?? {}).map(([name, value]) => [`lifetimes.${name}`, value])),
  };
  const wrong = Object.entries(durations).find(([, value]) => value !== undefined && parseDuration(value) === undefined);
  return wrong && `${wrong[0]}: expected ${durationHint}`;
}
