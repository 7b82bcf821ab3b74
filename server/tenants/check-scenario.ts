import { parseDuration } from '../clock/duration.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import { type Profile, resultCodesOf, type WireCode } from '../profiles/profile.js';
import { similarNames } from '../profiles/suggest-name.js';
import type { Fixtures } from '../records/fixtures.js';
import { type CallKind, callKinds, callKindsFor, canActOn } from '../scenarios/call-kinds.js';
import type { ScenarioRecord, Then } from '../scenarios/schema.js';
import type { Problem } from '../schemas/problem.js';
import { quote, type Text, text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';

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
export function findScenarioProblem(profile: Profile, record: ScenarioRecord): Problem | undefined {
  const { when: { operation = '*', path } = {}, then } = record;
  const pathProblem = path === undefined ? undefined : whenPathProblem(profile, operation, path);
  if (pathProblem !== undefined) return pathProblem;
  const kinds = path === undefined ? kindsOf(profile, operation) : merchantCalls;
  if (kinds.length === 0) {
    const operations = new Set([...Array.from(profile.operations.values(), ({ name }) => name), ...profile.jsapis.keys()]);
    return wrong('when.operation', text('expected-operation-known', { operations: [...operations] }));
  }
  for (const [at, step] of stepsOf(then)) {
    const problem = resultProblem(profile, step) ?? effectProblem(step, path ?? operation, kinds);
    if (problem !== undefined) return { ...problem, path: `${at}.${problem.path}` };
  }
  return findWalletIndependentProblem(record);
}

/** Checks what does not depend on the wallet, such as durations. @returns the field and what was expected, or undefined */
export function findWalletIndependentProblem({ id, when, then }: ScenarioRecord): Problem | undefined {
  if (id === 'library') return wrong('id', text('scenario-id-reserved'));
  const pointer = Object.keys(when?.body ?? {}).find((name) => name !== '' && !name.startsWith('/'));
  if (pointer !== undefined) return wrong(`when.body.${pointer}`, text('expected-pointer', { example: `/${pointer}` }));
  for (const [at, step] of stepsOf(then)) {
    const problem = stepProblem(step);
    if (problem !== undefined) return { ...problem, path: `${at}.${problem.path}` };
  }
  return undefined;
}

function wrong(path: string, message: Text): Problem {
  return { kind: 'wrong-value', path, message };
}

/** Finds the scenarios of the fixtures that do not fit the wallet. @returns all problems, one line each */
export function fixtureScenarioProblems(profile: Profile, { scenarios, scenarioPlaces }: Fixtures): string[] {
  return scenarios.flatMap((record, index) => {
    const problem = findScenarioProblem(profile, record);
    if (problem === undefined) return [];
    return [`${scenarioPlaces[index]?.(problem.path)}: ${inEnglish(problem.message)} (the wallet is ${profile.name})`];
  });
}

function stepsOf(then: ScenarioRecord['then']): [at: string, step: Then][] {
  return Array.isArray(then) ? then.map((step, index) => [`then.${index}`, step]) : [['then', then]];
}

/** Only merchants' servers call paths. */
const merchantCalls: readonly CallKind[] = ['openapi'];

function whenPathProblem({ operations, prefixes }: Profile, operation: string, path: string): Problem | undefined {
  const paths = [...operations].flatMap(([known, { name }]) => (name === operation ? [known] : []));
  if (operation !== '*' && !paths.includes(path))
    return paths.length === 0
      ? wrong('when.path', text('operation-without-path', { operation }))
      : wrong('when.path', text('expected-path', { operation, paths }));
  if (prefixes.includes('') || prefixes.some((prefix) => path.startsWith(`${prefix}/`))) return undefined;
  return wrong('when.path', text('expected-path-prefix', { example: `${prefixes[0]}${path}` }));
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

function resultProblem(profile: Profile, { result }: Then): Problem | undefined {
  if (result === undefined || findResult(profile, result) !== undefined) return undefined;
  const names = mostLike(result, outcomeNames);
  return wrong('result', text('result-unknown', { given: result, names, codes: mostLike(result, resultCodesOf(profile)) }));
}

/** The names that a user can have meant, with a mark if there are others. */
function mostLike(given: string, names: readonly string[]): string[] {
  const similar = similarNames(given, names, 3);
  return similar.length < names.length ? [...similar, '…'] : similar;
}

/**
 * Checks a tenant's scenarios for another wallet, as a start checks those of the fixtures.
 * @throws TextError that names the scenario and the field
 */
export function checkScenariosFit(profile: Profile, scenarios: Iterable<ScenarioRecord & { id: string }>): void {
  for (const scenario of scenarios) {
    const problem = findScenarioProblem(profile, scenario);
    if (problem === undefined) continue;
    const { path: field, message } = problem;
    const names = { wallet: profile.name, scenario: scenario.id, field, problem: message };
    throw errorAt('wallet', text('scenario-not-of-wallet', names));
  }
}

/** Finds a part that has no effect on the operation: a user, for example, cannot refuse a call of a merchant's server. */
function effectProblem(step: Then, operation: string, kinds: readonly CallKind[]): Problem | undefined {
  const parts = Object.keys(step) as (keyof Then)[];
  const useless = parts.find((part) => !callKindsFor(part, step).some((kind) => kinds.includes(kind)));
  const code = kinds.includes('openapi') ? 'no-effect-on-server' : 'no-effect-on-page';
  if (useless !== undefined) return wrong(useless, text(code, { operation }));
  if (kinds.some((kind) => canActOn(step, kind))) return undefined;
  return wrong(parts[0] as string, text('no-effect-together', { operation, parts: allOf(parts) }));
}

/** The names with "and" between them. @param names at least one */
function allOf(names: readonly string[]): Text {
  return names.map(quote).reduce((first, second) => text('condition-and', { first, second }));
}

function stepProblem({ result, status, delay, lifetimes, body, message, error }: Then): Problem | undefined {
  if (result !== undefined && status !== undefined) return wrong('status', text('result-and-status'));
  if (body !== undefined && status === undefined) return wrong('status', text('body-without-status'));
  if (message !== undefined && result === undefined && error === undefined) return wrong('message', text('message-alone'));
  const durations = {
    ...(typeof delay === 'object' ? { 'delay.min': delay.min, 'delay.max': delay.max } : { delay }),
    ...Object.fromEntries(Object.entries(lifetimes ?? {}).map(([name, value]) => [`lifetimes.${name}`, value])),
  };
  const bad = Object.entries(durations).find(([, value]) => value !== undefined && parseDuration(value) === undefined);
  return bad && wrong(bad[0], text('expected-duration'));
}
