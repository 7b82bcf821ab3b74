import { isDeepStrictEqual } from 'node:util';
import type { CallKind } from './reach.js';
import type { ScenarioRecord } from './schema.js';

/** What is known of a call when scenarios are asked. */
export interface CallFacts {
  kind: CallKind;
  operation: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scopes?: readonly string[];
  grantType?: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body?: unknown;
}

/** Whether a call looks as a scenario wants it. */
export function looksLike(when: NonNullable<ScenarioRecord['when']>, facts: CallFacts): boolean {
  const { operation = '*', clientId, appId, userId, scope, grantType, header = {}, body = {} } = when;
  return (
    (operation === '*' || operation === facts.operation) &&
    isOrAny(clientId, facts.clientId) &&
    isOrAny(appId, facts.appId) &&
    isOrAny(userId, facts.userId) &&
    isOrAny(grantType, facts.grantType) &&
    (scope === undefined || facts.scopes?.includes(scope) === true) &&
    Object.entries(header).every(([name, value]) => String(facts.headers[name.toLowerCase()]) === value) &&
    Object.entries(body).every(([pointer, value]) => isDeepStrictEqual(at(facts.body, pointer), value))
  );
}

function isOrAny(wanted: string | undefined, is: string | undefined): boolean {
  return wanted === undefined || wanted === is;
}

/** What a JSON pointer leads to (RFC 6901). */
function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    found = Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined;
  }
  return found;
}
