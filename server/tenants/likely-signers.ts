import type { KeyObject } from 'node:crypto';
import type { ClientEntry } from '../records/entries.js';
import type { UnverifiedCall } from '../signing/attempts.js';
import type { Tenant } from './tenant.js';

/** How many other clients are looked at: a merchant has few. */
const mostOthers = 10;

/** The ids and keys that the signer of a client's call may have taken by mistake. */
export function likelySigners(
  { clients }: Tenant,
  client: ClientEntry,
  body: Buffer,
): Pick<UnverifiedCall, 'clientIds' | 'otherKeys'> {
  const named = /"(?:authClientId|referenceClientId)"\s*:\s*"([^"]{1,128})"/.exec(body.toString())?.[1];
  const clientIds = ['', named, client.record.referenceClientId].filter((id) => id !== undefined);
  const otherKeys: { owner: string; key: KeyObject }[] = [];
  const most = clientIds.length + mostOthers;
  for (const { clientId, publicKey: key } of clients.all()) {
    if (clientIds.length < most) clientIds.push(clientId);
    if (otherKeys.length < mostOthers && key !== undefined && client.publicKey?.equals(key) !== true)
      otherKeys.push({ owner: `the client ${clientId}`, key });
    if (clientIds.length === most && otherKeys.length === mostOthers) break;
  }
  return { clientIds, otherKeys };
}
