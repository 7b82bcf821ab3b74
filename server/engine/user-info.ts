import type { User } from './parties.js';
import type { Scopes } from './scopes.js';

/** Returns true if any of the granted scopes reads a field of the user. */
export function readsAnything(granted: readonly string[], scopes: Scopes): boolean {
  for (const name of scopes.covered(granted)) if (scopes.get(name)?.read !== undefined) return true;
  return false;
}

/**
 * Reads the fields that the granted scopes cover, and the userId. If several scopes read the same field (one a masked login id, another
 * the whole one), the scope that comes later in the wallet's list wins.
 */
export function readUser(user: User, granted: readonly string[], scopes: Scopes): Record<string, unknown> {
  const covered = scopes.covered(granted);
  let claims: Record<string, unknown> = { userId: user.userId };
  for (const name of scopes.names()) {
    const read = covered.has(name) ? scopes.get(name)?.read : undefined;
    if (read !== undefined) claims = overlay(claims, read(user)) as Record<string, unknown>;
  }
  return claims;
}

function overlay(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) {
    return Array.from({ length: Math.max(below.length, above.length) }, (_, index) => overlay(below[index], above[index]));
  }
  if (isRecord(below) && isRecord(above)) {
    const merged: Record<string, unknown> = { ...below };
    for (const [key, value] of Object.entries(above)) merged[key] = overlay(merged[key], value);
    return merged;
  }
  return above ?? below;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
