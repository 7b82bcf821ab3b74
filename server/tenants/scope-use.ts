import type { Operation, Profile } from '../profiles/profile.js';

/** Which of the granted scopes the user was asked for, and something can be read with: what an integration asks for in vain, unless it reads. */
export function consentedScopes(profile: Profile, granted: readonly string[]): string[] {
  return granted.filter(
    (name) =>
      profile.scopes.get(name)?.silent === false &&
      covers(profile, name, (scope) => reads(profile, scope) || profile.declaredScopes.has(scope)),
  );
}

/** Which of the granted scopes an operation made use of. */
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
  return Array.from(scopes.get(name)?.covers ?? []).some(some);
}
