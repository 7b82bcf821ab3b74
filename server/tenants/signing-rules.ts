import type { ClientEntry } from '../records/entries.js';
import type { SigningRules } from '../signing/verify-call.js';
import { signatureHints } from './signature-hints.js';
import type { Tenant } from './tenant.js';

/** Returns how a client of this tenant must sign a call. @param body the call's raw body */
export function signingRules(tenant: Tenant, client: ClientEntry, body: Buffer): SigningRules {
  const { profile } = tenant;
  return {
    template: profile.signedRequest,
    templateText: profile.source.signature.request,
    publicKey: client.publicKey,
    hints: () => signatureHints(tenant, client, body),
  };
}
