import { type Refusal, refuse } from '../engine/outcomes.js';
import { prefixOf } from '../profiles/profile.js';
import type { ClientEntry } from '../records/entries.js';
import type { SignedParts } from '../signing/content.js';
import { decodeSignature, type Encoding, encodingOf } from '../signing/encodings.js';
import { explainSignature, type SignatureMistake } from '../signing/explain.js';
import { verifyContent } from '../signing/rsa.js';
import { parseSignatureHeader } from '../signing/signature-header.js';
import { likelySigners } from '../tenants/likely-signers.js';
import { type CallFindings, header, type IncomingCall } from './call.js';

/**
 * Checks the signature over the raw bytes, as the client's mode asks: `required`; `optional` takes one that verifies, none, and
 * (with a note) one that does not; `off` does not look.
 */
export async function checkSignature(call: IncomingCall, client: ClientEntry, found: CallFindings): Promise<Refusal | undefined> {
  const mode = client.signature;
  const text = header(call, 'signature');
  if (text === '') found.findings.add('unsigned-request');
  if (mode === 'off') return undefined;
  if (text === '') {
    if (mode === 'optional') return undefined;
    return refuse(
      'signature-invalid',
      `the header Signature is missing, and the client ${client.clientId} must sign: expected "algorithm=RSA256, keyVersion=1, signature=<value>"`,
    );
  }
  const mistakes = await verify(call, text, client, found);
  found.signature.verified = mistakes.length === 0;
  found.signature.mistakes = mistakes;
  for (const { code } of mistakes) found.findings.add(code);
  if (mistakes.length === 0 || mode === 'optional') return undefined;
  const { path } = call;
  return refuse(
    'signature-invalid',
    `the signature does not verify: ${mistakes[0]?.message}`,
    `the signature does not verify: ${mistakes.map(({ message }) => message).join('; ')}; what must be signed begins with ${JSON.stringify(signedHead(call, path))}, followed by the body as it is sent`,
  );
}

/** What a call's signature covers, besides its body. */
export function signedParts(call: IncomingCall, path: string): SignedParts {
  return {
    method: call.method,
    path,
    clientId: header(call, 'client-id'),
    time: header(call, 'request-time'),
    requestId: header(call, 'request-id'),
  };
}

function signedHead(call: IncomingCall, path: string): string {
  return call.tenant.profile.signedRequest(signedParts(call, path), Buffer.alloc(0)).toString();
}

/** How the call writes its signature, and so how the answer does; undefined where it has none. */
export function sentEncoding(call: IncomingCall): Encoding | undefined {
  const parsed = parseSignatureHeader(header(call, 'signature'), call.tenant.profile.source.signature.algorithm);
  return 'signature' in parsed ? encodingOf(parsed.signature) : undefined;
}

async function verify(call: IncomingCall, text: string, client: ClientEntry, found: CallFindings): Promise<SignatureMistake[]> {
  const { publicKey } = client;
  const parsed = parseSignatureHeader(text, call.tenant.profile.source.signature.algorithm);
  if ('mistake' in parsed) return [{ code: 'not-base64', message: `the header Signature cannot be read: ${parsed.mistake}` }];
  if (publicKey === undefined)
    return [
      {
        code: 'wrong-key',
        message: 'this client has no publicKey here: register it in clients.json, or by PATCH /_emulator/clients/{clientId}',
      },
    ];
  const bytes = decodeSignature(parsed.signature);
  const template = call.tenant.profile.signedRequest;
  if (bytes !== undefined) {
    for (const path of new Set([call.path, call.sentPath])) {
      if (await verifyContent(template(signedParts(call, path), call.body), bytes, publicKey)) {
        found.signedPath = path;
        return [];
      }
    }
  }
  return explainSignature({
    template,
    templateText: call.tenant.profile.source.signature.request,
    parts: signedParts(call, call.path),
    body: call.body,
    target: call.target,
    host: header(call, 'host'),
    prefix: prefixOf(call.tenant.profile, call.path),
    signature: parsed.signature,
    publicKey,
    ...likelySigners(call.tenant, client, call.body),
  });
}
