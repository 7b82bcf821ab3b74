import { text } from '../texts/text.js';
import { invalidParameters } from './jsapi-failure.js';

const maxScopes = 50;
const maxScopeLength = 64;
const defaultScopes = ['auth_base'];

/**
 * Reads the scopes that a call asks for: a list, or names separated by commas.
 * @param allowed the only scopes that the JSAPI takes, and then it has no default; absent: all of the wallet
 * @throws JsapiFailure if they cannot be read, or if one is not allowed
 */
export function readScopes({ scopes, scopeNicks }: Record<string, unknown>, allowed?: readonly string[]): string[] {
  const read = parseScopes(scopes ?? scopeNicks ?? (allowed === undefined ? defaultScopes : undefined));
  if (read === undefined) throw invalidParameters(text('scopes-wrong', { max: maxScopes }));
  const other = allowed && read.find((scope) => !allowed.includes(scope));
  if (other !== undefined) throw invalidParameters(text('scopes-not-taken', { scope: other, scopes: allowed ?? [] }));
  return read;
}

function parseScopes(scopes: unknown): string[] | undefined {
  const list = typeof scopes === 'string' ? scopes.split(',').map((scope) => scope.trim()) : scopes;
  if (!Array.isArray(list) || list.length === 0 || list.length > maxScopes) return undefined;
  return list.every(isScopeName) ? list : undefined;
}

function isScopeName(scope: unknown): scope is string {
  return typeof scope === 'string' && scope.length > 0 && scope.length <= maxScopeLength;
}
