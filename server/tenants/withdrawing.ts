import type { Tenant } from './tenant.js';

/**
 * Takes a user's consent back: it is no longer remembered, and the tokens that came of it end.
 *
 * @param appOrClientId the mini program, or the client for an authorization without one
 * @param by who does it, for the journal
 * @returns whether there was anything to take back
 */
export async function withdrawConsent(tenant: Tenant, userId: string, appOrClientId: string, by: string): Promise<boolean> {
  const consent = await tenant.store.findConsent(userId, appOrClientId);
  if (consent === undefined) return false;
  for (const line of await tenant.store.linesOf({ userId, clientId: consent.clientId })) {
    if (line.revokedAt === undefined && (line.appId ?? line.clientId) === appOrClientId) await tenant.tokens.revokeLine(line, by);
  }
  await tenant.store.forgetCodes({ userId, appOrClientId });
  await tenant.store.forgetConsent(userId, appOrClientId);
  return true;
}
