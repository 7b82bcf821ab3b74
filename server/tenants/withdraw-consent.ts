import type { Tenant } from './tenant.js';

/**
 * Withdraws a user's consent: it is forgotten, its grants are revoked, and its unused codes are removed.
 *
 * @param appOrClientId the mini program, or the client for an authorization without one
 * @param by who withdraws it, for the journal
 * @returns whether there was a consent
 */
export async function withdrawConsent(tenant: Tenant, userId: string, appOrClientId: string, by: string): Promise<boolean> {
  const consent = await tenant.store.findConsent(userId, appOrClientId);
  if (consent === undefined) return false;
  for (const grant of await tenant.store.grantsOf({ userId, clientId: consent.clientId })) {
    if (grant.revokedAt === undefined && (grant.appId ?? grant.clientId) === appOrClientId)
      await tenant.tokens.revokeGrant(grant, by);
  }
  await tenant.store.forgetCodes({ userId, appOrClientId });
  await tenant.store.forgetConsent(userId, appOrClientId);
  return true;
}
