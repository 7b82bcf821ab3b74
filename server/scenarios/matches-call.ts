import { isDeepStrictEqual } from 'node:util';
import type { CallKind } from './call-kinds.js';
import type { ScenarioRecord } from './schema.js';

/** The facts about a call that scenarios match on. */
export interface MatchableCall {
  kind: CallKind;
  /** Absent: the wallet has no operation at this path. */
  operation?: string;
  /** Only calls to the OpenAPI have a path. */
  path?: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scopes?: readonly string[];
  /** The grantType by the engine's name, and as it was sent. */
  grantTypes?: readonly string[];
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body?: unknown;
}

/** Returns true if a call meets all conditions of a scenario. */
export function matchesCall(when: NonNullable<ScenarioRecord['when']>, call: MatchableCall): boolean {
  const { operation = '*', path, clientId, appId, userId, scope, grantType, header = {}, body = {} } = when;
  return (
    (operation === '*' || operation === call.operation) &&
    // A call to a path without an operation is refused, unless a scenario names the path.
    (call.operation !== undefined || path !== undefined) &&
    isAnyOr(path, call.path) &&
    isAnyOr(clientId, call.clientId) &&
    isAnyOr(appId, call.appId) &&
    isAnyOr(userId, call.userId) &&
    (grantType === undefined || call.grantTypes?.includes(grantType) === true) &&
    (scope === undefined || call.scopes?.includes(scope) === true) &&
    Object.entries(header).every(([name, value]) => String(call.headers[name.toLowerCase()]) === value) &&
    Object.entries(body).every(([pointer, value]) => isDeepStrictEqual(valueAt(call.body, pointer), value))
  );
}

function isAnyOr(expected: string | undefined, actual: string | undefined): boolean {
  return expected === undefined || expected === actual;
}

/** The value at a JSON pointer (RFC 6901). */
function valueAt(body: unknown, pointer: string): unknown {
  let found = body;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    found = Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined;
  }
  return found;
}
