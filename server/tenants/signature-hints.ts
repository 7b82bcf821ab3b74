import { createPublicKey, type KeyObject } from 'node:crypto';
import { isMerchantCall } from '../journal/merchant-call.js';
import type { ClientEntry } from '../records/entries.js';
import { decodeSignature } from '../signing/encodings.js';
import { parseSignatureHeader } from '../signing/signature-header.js';
import type { SignatureHints } from '../signing/unverified-call.js';
import { type Text, text } from '../texts/text.js';
import { type Tenant, tenantSegment } from './tenant.js';

/** The maximum number of other clients to try. A merchant has few clients. */
const maxOtherClients = 20;

/** Lists what a client of this tenant may have used by mistake to sign a call. @param body the call's raw body */
export function signatureHints(tenant: Tenant, client: ClientEntry, body: Buffer): SignatureHints {
  const { profile } = tenant;
  return {
    prefixes: profile.prefixes,
    endings: profile.source.endings ?? [],
    operationPaths: [...profile.operations.keys()],
    tenantPrefix: `/${tenantSegment}/${tenant.name}`,
    hosts: profile.source.hosts ?? [],
    ...otherClients(tenant, client, body),
    platformKey: createPublicKey(tenant.platformKey),
    findEarlierCall: (signature) => findEarlierCall(tenant, client, signature),
  };
}

/** The names in the body that a signer may take for its Client-Id. */
const idInBody = /"(?:authClientId|referenceClientId|appId)"\s*:\s*"([^"]{1,128})"/g;
/** The part of a body that is searched for them, in bytes. */
const maxSearchedBody = 16_384;

function otherClients({ clients }: Tenant, client: ClientEntry, body: Buffer): Pick<SignatureHints, 'clientIds' | 'otherKeys'> {
  const named = Array.from(body.subarray(0, maxSearchedBody).toString().matchAll(idInBody), ([, id]) => id as string).slice(0, 3);
  const clientIds = ['', ...named];
  if (client.record.referenceClientId !== undefined) clientIds.push(client.record.referenceClientId);
  const otherKeys: { owner: Text; key: KeyObject }[] = [];
  const maxIds = clientIds.length + maxOtherClients;
  for (const { clientId, publicKey: key } of clients.all()) {
    if (clientIds.length < maxIds) clientIds.push(clientId);
    if (otherKeys.length < maxOtherClients && key !== undefined && client.publicKey?.equals(key) !== true)
      otherKeys.push({ owner: text('key-owner', { clientId }), key });
    if (clientIds.length === maxIds && otherKeys.length === maxOtherClients) break;
  }
  return { clientIds: [...new Set(clientIds)], otherKeys };
}

/** Searches the journal for a call of this client that had the same signature, and was accepted. */
function findEarlierCall({ journal }: Tenant, { clientId }: ClientEntry, signature: Buffer): Text | undefined {
  for (const entry of journal.list({ clientId }).filter(isMerchantCall)) {
    const header = entry.request.headers.signature;
    if (entry.signature?.verified !== true || typeof header !== 'string') continue;
    const parsed = parseSignatureHeader(header);
    if ('signature' in parsed && decodeSignature(parsed.signature)?.equals(signature) === true)
      return text('earlier-call', {
        method: entry.method,
        path: entry.path,
        at: new Date(entry.at).toISOString(),
        id: entry.id,
      });
  }
  return undefined;
}
