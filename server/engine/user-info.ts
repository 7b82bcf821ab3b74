import type { User } from './parties.js';
import type { Scopes } from './scopes.js';

/** Returns true if any of the granted scopes reads a field of the user. */
export function readsAnything(granted: readonly string[], scopes: Scopes): boolean {
  for (const name of scopes.covered(granted)) if (scopes.get(name)?.read !== undefined) return true;
  return false;
}

/** The data of a user that each scope reads, by the scope's name, in the order of the wallet's list. */
export type ScopeReadings = ReadonlyMap<string, Record<string, unknown>>;

/**
 * Reads the fields that the granted scopes cover, and the userId. If several scopes read the same field (one a masked login id, another
 * the whole one), the scope that comes later in the wallet's list wins.
 * @param baseUrl the wallet's address as the reader reaches it, for links to its files
 */
export function readUser(user: User, granted: readonly string[], scopes: Scopes, baseUrl?: string): Record<string, unknown> {
  return mergeReadings(user, readScopes(user, granted, scopes, baseUrl));
}

/** Reads the user with each scope that the granted ones cover. */
export function readScopes(user: User, granted: readonly string[], scopes: Scopes, baseUrl?: string): ScopeReadings {
  const covered = scopes.covered(granted);
  const readings = new Map<string, Record<string, unknown>>();
  for (const { name, read } of scopes.all()) if (read !== undefined && covered.has(name)) readings.set(name, read(user, baseUrl));
  return readings;
}

/** The user's information, from what the scopes read. */
export function mergeReadings({ userId }: User, readings: ScopeReadings): Record<string, unknown> {
  const claims: Record<string, unknown> = { userId };
  for (const reading of readings.values()) for (const name in reading) claims[name] = overlay(claims[name], reading[name]);
  return claims;
}

/** The granted scopes that read nothing of a user, and the fields of the user that would fill them. */
export function findEmptyScopes(
  granted: readonly string[],
  readings: ScopeReadings,
  scopes: Scopes,
): { scopes: string[]; fields: string[] } {
  const fieldsOf = (name: string) => scopes.get(name)?.fields ?? [];
  const empty = granted.filter((name) => isEmpty(readings.get(name)) && fieldsOf(name).length > 0);
  return { scopes: empty, fields: [...new Set(empty.flatMap(fieldsOf))] };
}

/** The customerId of an authorization: what the first granted scope with a customerId says, else the userId. */
export function customerIdOf(user: User, granted: readonly string[], scopes: Scopes): string {
  for (const name of scopes.covered(granted)) {
    const customerId = scopes.get(name)?.customerId?.(user);
    if (customerId !== undefined) return customerId;
  }
  return user.userId;
}

function isEmpty(reading: Record<string, unknown> | undefined): boolean {
  for (const _ in reading) return false;
  return reading !== undefined;
}

function overlay(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) return overlayItems(below, above);
  if (isRecord(below) && isRecord(above)) {
    const merged: Record<string, unknown> = { ...below };
    for (const [key, value] of Object.entries(above)) merged[key] = overlay(merged[key], value);
    return merged;
  }
  return above ?? below;
}

/**
 * Merges two lists that scopes read from the same data. Items of the same type (`contactType`, `loginIdType`) belong together, because a
 * scope may read only some of the items; items without a type belong together by their position.
 */
function overlayItems(below: readonly unknown[], above: readonly unknown[]): unknown[] {
  const merged = [...below];
  const free = new Set(below.keys());
  for (const [index, item] of above.entries()) {
    const type = typeOf(item);
    const same = [...free].find((at) =>
      type === undefined || typeOf(below[at]) === undefined ? at === index : typeOf(below[at]) === type,
    );
    const at = same ?? merged.length;
    free.delete(at);
    merged[at] = overlay(merged[at], item);
  }
  return merged;
}

function typeOf(item: unknown): unknown {
  return isRecord(item) ? Object.entries(item).find(([name]) => name.endsWith('Type'))?.[1] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
