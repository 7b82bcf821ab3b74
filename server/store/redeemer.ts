import type { Redeemer } from '../engine/store.js';

/** Checks whether a code or grant belongs to the caller. @returns why it does not, or undefined if it does */
export function wrongRedeemer(
  owned: { clientId: string; appId?: string },
  by: Redeemer,
): 'other-client' | 'other-app' | undefined {
  if (owned.clientId !== by.clientId) return 'other-client';
  const isOtherApp = owned.appId !== undefined && by.appId !== undefined && owned.appId !== by.appId;
  return isOtherApp ? 'other-app' : undefined;
}
