import { durationHint, parseDuration } from '../clock/duration.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import { type Profile, resultCodesOf, type WireCode } from '../profiles/profile.js';
import type { Fixtures } from '../records/fixtures.js';
import { type CallKind, callKinds, callKindsFor, canActOn } from '../scenarios/call-kinds.js';
import { type ScenarioProblem, scenarioProblemText } from '../scenarios/problem-texts.js';
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
  return inOneLine(findScenarioProblem(profile, record));
}

/** The same, with the parts of the text, for a page in the reader's language. */
export function findScenarioProblem(profile: Profile, record: ScenarioRecord): ScenarioProblem | undefined {
  const { when: { operation = '*', path } = {}, then } = record;
  const pathProblem = path === undefined ? undefined : whenPathProblem(profile, operation, path);
  if (pathProblem !== undefined) return pathProblem;
  const kinds = path === undefined ? kindsOf(profile, operation) : merchantCalls;
  if (kinds.length === 0) {
    const operations = new Set([...Array.from(profile.operations.values(), ({ name }) => name), ...profile.jsapis.keys()]);
    return { path: 'when.operation', key: 'operation-unknown', values: { operations: [...operations].join(', ') } };
  }
  for (const [at, step] of stepsOf(then)) {
    const problem = resultProblem(profile, step) ?? effectProblem(step, path ?? operation, kinds);
    if (problem !== undefined) return { ...problem, path: `${at}.${problem.path}` };
  }
  return findWalletIndependentProblem(record);
}

/** Checks what does not depend on the wallet, such as durations. @returns the field and what was expected, or undefined */
export function walletIndependentProblem(record: ScenarioRecord): string | undefined {
  return inOneLine(findWalletIndependentProblem(record));
}

function findWalletIndependentProblem({ id, when, then }: ScenarioRecord): ScenarioProblem | undefined {
  if (id === 'library') return { path: 'id', key: 'id-reserved' };
  const pointer = Object.keys(when?.body ?? {}).find((name) => name !== '' && !name.startsWith('/'));
  if (pointer !== undefined) return { path: `when.body.${pointer}`, key: 'body-pointer', values: { example: `/${pointer}` } };
  for (const [at, step] of stepsOf(then)) {
    const problem = stepProblem(step);
    if (problem !== undefined) return { ...problem, path: `${at}.${problem.path}` };
  }
  return undefined;
}

function inOneLine(problem: ScenarioProblem | undefined): string | undefined {
  return problem && `${problem.path}: ${scenarioProblemText(problem)}`;
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

function whenPathProblem({ operations, prefixes }: Profile, operation: string, path: string): ScenarioProblem | undefined {
  const paths = [...operations].flatMap(([known, { name }]) => (name === operation ? [known] : []));
  if (operation !== '*' && !paths.includes(path))
    return paths.length === 0
      ? { path: 'when.path', key: 'path-without-operation', values: { operation } }
      : { path: 'when.path', key: 'path-of-operation', values: { operation, paths: paths.join(', ') } };
  if (prefixes.includes('') || prefixes.some((prefix) => path.startsWith(`${prefix}/`))) return undefined;
  return { path: 'when.path', key: 'path-prefix', values: { example: `${prefixes[0]}${path}` } };
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

function resultProblem(profile: Profile, { result }: Then): ScenarioProblem | undefined {
  if (result === undefined || findResult(profile, result) !== undefined) return undefined;
  return {
    path: 'result',
    key: 'result-unknown',
    values: { known: [...resultCodesOf(profile), ...outcomeNames].join(', ') },
  };
}

/** Finds a part that has no effect on the operation: a user, for example, cannot refuse a call of a merchant's server. */
function effectProblem(step: Then, operation: string, kinds: readonly CallKind[]): ScenarioProblem | undefined {
  const parts = Object.keys(step) as (keyof Then)[];
  const useless = parts.find((part) => !callKindsFor(part, step).some((kind) => kinds.includes(kind)));
  const key = kinds.includes('openapi') ? 'no-effect-on-server' : 'no-effect-on-page';
  if (useless !== undefined) return { path: useless, key, values: { operation } };
  if (kinds.some((kind) => canActOn(step, kind))) return undefined;
  return { path: parts[0] as string, key: 'no-effect-together', values: { operation, parts: parts.join(' and ') } };
}

function stepProblem({ result, status, delay, lifetimes, body, message, error }: Then): ScenarioProblem | undefined {
  if (result !== undefined && status !== undefined) return { path: 'status', key: 'result-and-status' };
  if (body !== undefined && status === undefined) return { path: 'status', key: 'body-without-status' };
  if (message !== undefined && result === undefined && error === undefined) return { path: 'message', key: 'message-alone' };
  const durations = {
    ...(typeof delay === 'object' ? { 'delay.min': delay.min, 'delay.max': delay.max } : { delay }),
    ...Object.fromEntries(Object.entries(lifetimes ?? {}).map(([name, value]) => [`lifetimes.${name}`, value])),
  };
  const wrong = Object.entries(durations).find(([, value]) => value !== undefined && parseDuration(value) === undefined);
  return wrong && { path: wrong[0], key: 'duration', values: { hint: durationHint } };
}
