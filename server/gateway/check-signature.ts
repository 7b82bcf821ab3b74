import { type Refusal, refuse } from '../engine/outcomes.js';
import type { ClientEntry } from '../records/entries.js';
import { compareContents } from '../signing/compare-contents.js';
import { verifyCall } from '../signing/verify-call.js';
import { signingRules } from '../tenants/signing-rules.js';
import { text } from '../texts/text.js';
import type { CallFindings } from './call-findings.js';
import type { IncomingCall } from './incoming-call.js';

/**
 * Checks the signature over the raw bytes, as the client's mode says. `required`: only a signature that verifies is accepted.
 * `optional`: any is accepted, and none too; a wrong one is a finding. `off`: the signature is not checked.
 */
export async function checkSignature(call: IncomingCall, client: ClientEntry, found: CallFindings): Promise<Refusal | undefined> {
  // The signature covers the body, so it cannot be checked without one. The body is refused later.
  if (call.unreadable) return undefined;
  const mode = client.signature;
  if (call.signature === undefined) found.findings.add('unsigned-request');
  if (mode === 'off') return undefined;
  if (call.signature === undefined) {
    if (mode === 'optional') return undefined;
    return refuse('signature-invalid', text('signature-missing', { clientId: client.clientId }));
  }

  const { parts } = call;
  const verification = await verifyCall(call, signingRules(call.tenant, client, call.body));
  if (verification.verified) found.signedPath = verification.path;
  else Object.assign(found.signature, compareContents(call.tenant.profile.signedRequest(parts, call.body), verification));
  const { verified, mistakes } = verification;
  found.signature.verified = verified;
  found.signature.mistakes = mistakes;
  for (const { code } of mistakes) found.findings.add(code);
  if (verified || mode === 'optional') return undefined;
  const head = call.tenant.profile.signedRequest(parts, Buffer.alloc(0)).toString();
  return refuse(
    'signature-invalid',
    text('signature-wrong', { mistake: mistakes[0]?.message ?? '' }),
    text('signature-wrong-content', { mistakes: mistakes.map(({ message }) => message), head: JSON.stringify(head) }),
  );
}
