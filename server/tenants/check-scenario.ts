import { durationHint, parseDuration } from '../clock/duration.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import { type Profile, resultCodesOf, type WireCode } from '../profiles/profile.js';
import type { Fixtures } from '../records/fixtures.js';
import { type CallKind, callKinds, callKindsFor, canActOn } from '../scenarios/call-kinds.js';
import type { ScenarioRecord, Then } from '../scenarios/schema.js';

/** The result of a scenario, on the wire and for the engine. */
export interface ScenarioResult {
  outcome: OutcomeName;
  code: WireCode;
}

/**
 * Finds the result that a scenario names by the engine's name or by the wallet's result code. If a code has several outcomes, it is
 * the first. A code that only scenarios send is a failed process to the engine.
 */
export function findResult({ codes, scenarioCodes }: Profile, result: string): ScenarioResult | undefined {
  const outcome = outcomeNames.find((name) => name === result) ?? outcomeNames.find((name) => codes[name].code === result);
  if (outcome !== undefined) return { outcome, code: codes[outcome] };
  const code = scenarioCodes.get(result);
  return code && { outcome: 'process-failed', code };
}

/**
 * Checks a scenario for a wallet: its operation and result must exist, and what it does must have an effect on the operation.
 * @returns the field and what was expected, or undefined if the scenario is valid
 */
export function scenarioProblem(profile: Profile, record: ScenarioRecord): string | undefined {
  const { when: { operation = '*', path } = {}, then } = record;
  const pathProblem = path === undefined ? undefined : whenPathProblem(profile, operation, path);
  if (pathProblem !== undefined) return pathProblem;
  const kinds = path === undefined ? kindsOf(profile, operation) : merchantCalls;
  if (kinds.length === 0) {
    const operations = new Set([...Array.from(profile.operations.values(), ({ name }) => name), ...profile.jsapis.keys()]);
    return `when.operation: expected *, or one of ${[...operations].join(', ')}`;
  }
  for (const [at, step] of stepsOf(then)) {
    const problem = resultProblem(profile, step) ?? effectProblem(step, path ?? operation, kinds);
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

/** Finds the scenarios of the fixtures that do not fit the wallet. @returns all problems, one line each */
export function fixtureScenarioProblems(profile: Profile, { scenarios, scenarioPlaces }: Fixtures): string[] {
  return scenarios.flatMap((record, index) => {
    const problem = scenarioProblem(profile, record);
    return problem === undefined ? [] : [`${scenarioPlaces[index]}.${problem} (the wallet is ${profile.name})`];
  });
}

function stepsOf(then: ScenarioRecord['then']): [at: string, step: Then][] {
  return Array.isArray(then) ? then.map((step, index) => [`then.${index}`, step]) : [['then', then]];
}

/** Only merchants' servers call paths. */
const merchantCalls: readonly CallKind[] = ['openapi'];

function whenPathProblem({ operations, prefixes }: Profile, operation: string, path: string): string | undefined {
  const paths = [...operations].flatMap(([known, { name }]) => (name === operation ? [known] : []));
  if (operation !== '*' && !paths.includes(path))
    return paths.length === 0
      ? `when.path: expected only without an operation, or with one that has paths, and ${operation} has none`
      : `when.path: expected one of the paths of ${operation}: ${paths.join(', ')}`;
  if (prefixes.includes('') || prefixes.some((prefix) => path.startsWith(`${prefix}/`))) return undefined;
  return `when.path: expected a path with its prefix, such as ${prefixes[0]}${path}`;
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
  if (result === undefined || findResult(profile, result) !== undefined) return undefined;
  const known = [...resultCodesOf(profile), ...outcomeNames];
  return `result: expected one of ${known.join(', ')}`;
}

/** Finds a part that has no effect on the operation: a user, for example, cannot refuse a call of a merchant's server. */
function effectProblem(step: Then, operation: string, kinds: readonly CallKind[]): string | undefined {
  const parts = Object.keys(step) as (keyof Then)[];
  const useless = parts.find((part) => !callKindsFor(part, step).some((kind) => kinds.includes(kind)));
  const caller = kinds.includes('openapi') ? "a merchant's server" : 'a mini program';
  if (useless !== undefined) return `${useless}: has no effect on ${operation}, which is called by ${caller}`;
  if (kinds.some((kind) => canActOn(step, kind))) return undefined;
  return `${parts[0]}: no call of ${operation} is affected by ${parts.join(' and ')} together; use a list with one object for each call`;
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
