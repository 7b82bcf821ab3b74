import type { Operation, Profile } from '../profiles/profile.js';

/** The granted scopes that the user was asked for and that let a merchant read something. If the merchant never reads it, asking was useless. */
export function consentedScopes(profile: Profile, granted: readonly string[]): string[] {
  return granted.filter(
    (name) =>
      profile.scopes.get(name)?.silent === false &&
      covers(profile, name, (scope) => reads(profile, scope) || profile.declaredScopes.has(scope)),
  );
}

/** The granted scopes that an operation uses. */
export function usedScopes(profile: Profile, operation: Operation, granted: readonly string[]): string[] {
  const readsUser = operation.verb === 'read-user' || operation.mentionsUserInfo;
  return granted.filter((name) =>
    covers(profile, name, (scope) => (readsUser && reads(profile, scope)) || scope === operation.scope),
  );
}

function reads({ scopes }: Profile, scope: string): boolean {
  return scopes.get(scope)?.read !== undefined;
}

function covers({ scopes }: Profile, name: string, some: (scope: string) => boolean): boolean {
  for (const scope of scopes.get(name)?.covers ?? []) if (some(scope)) return true;
  return false;
}
