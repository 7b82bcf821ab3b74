import type { KeyObject } from 'node:crypto';
import type { ClientEntry } from '../records/entries.js';
import type { UnverifiedCall } from '../signing/attempts.js';
import type { Tenant } from './tenant.js';

/** The maximum number of other clients to try. A merchant has few clients. */
const maxOtherClients = 10;

/** The ids and keys of others that a client may have signed a call with by mistake. */
export function likelySigners(
  { clients }: Tenant,
  client: ClientEntry,
  body: Buffer,
): Pick<UnverifiedCall, 'clientIds' | 'otherKeys'> {
  const named = /"(?:authClientId|referenceClientId)"\s*:\s*"([^"]{1,128})"/.exec(body.toString())?.[1];
  const clientIds = ['', named, client.record.referenceClientId].filter((id) => id !== undefined);
  const otherKeys: { owner: string; key: KeyObject }[] = [];
  const maxIds = clientIds.length + maxOtherClients;
  for (const { clientId, publicKey: key } of clients.all()) {
    if (clientIds.length < maxIds) clientIds.push(clientId);
    if (otherKeys.length < maxOtherClients && key !== undefined && client.publicKey?.equals(key) !== true)
      otherKeys.push({ owner: `the client ${clientId}`, key });
    if (clientIds.length === maxIds && otherKeys.length === maxOtherClients) break;
  }
  return { clientIds, otherKeys };
}
