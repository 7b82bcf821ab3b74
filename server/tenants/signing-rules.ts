import { prefixOf } from '../profiles/profile.js';
import type { ClientEntry } from '../records/entries.js';
import type { SigningRules } from '../signing/verify-call.js';
import { likelySigners } from './likely-signers.js';
import type { Tenant } from './tenant.js';

/** Returns how a client of this tenant must sign a call to a path. @param body the call's raw body */
export function signingRules(tenant: Tenant, client: ClientEntry, path: string, body: Buffer): SigningRules {
  const { profile } = tenant;
  return {
    template: profile.signedRequest,
    templateText: profile.source.signature.request,
    prefix: prefixOf(profile, path),
    publicKey: client.publicKey,
    likelySigners: () => likelySigners(tenant, client, body),
  };
}
