import type { FastifyRequest } from 'fastify';
import { readAddress } from '../http/address.js';
import type { JournalEntry, PresentedEntry } from '../journal/entry.js';
import { isMerchantCall } from '../journal/merchant-call.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { timeModel } from '../pages/time-model.js';
import { formatSignatureHeader } from '../signing/signature-header.js';
import { asCurl, asPhp, asPython, asTypeScript } from './call-copies.js';
import { hasDemoKey, merchantHeaders } from './demo/merchant.js';

/** The end of a body that the journal has cut. */
const cutBody = /… \(\d+ characters more\)$/;

/** Returns true if the journal does not have the whole body. */
export function isCut(body: string): boolean {
  return cutBody.test(body);
}

/**
 * A merchant's call as code, signed again with the demo key if the client has it. Codes and tokens are shortened as in the journal.
 * @param shown the entry, as the page shows it
 * @returns undefined for other kinds of calls, and if the journal does not have the whole body
 */
export async function copiesOf(
  { tenant, base, openedReport }: FastifyRequest,
  entry: JournalEntry,
  shown: PresentedEntry,
  lang: string,
) {
  const { method, headers, body } = { method: entry.method, ...shown.request };
  if (!isMerchantCall(entry) || isCut(body)) return undefined;
  const { path } = readAddress(entry.path);
  const clientId = String(headers['client-id'] ?? entry.clientId ?? '');
  const now = tenant.clock.now();
  const signs = await hasDemoKey(tenant.clients.get(clientId)?.publicKey);
  const placeholder = { Signature: formatSignatureHeader(tenant.profile.source.signature.algorithm, 'SIGNATURE') };
  const say = (key: string) => phrase(catalogue(lang), `call.notes.${key}`) ?? key;
  const call = {
    method,
    url: (openedReport?.url ?? base) + path,
    headers: {
      ...(await merchantHeaders(tenant.profile, { method, clientId, path, body, now, signs })),
      ...(!signs && placeholder),
      ...('agent-token' in headers && { 'Agent-Token': String(headers['agent-token']) }),
    },
    body,
    notes: [
      signs ? say('signed').replace('{time}', timeModel(now, 0).time) : say('placeholder'),
      ...(body === entry.request.body ? [] : [say('shortened')]),
    ],
  };
  return [
    { name: 'curl', title: 'curl', code: asCurl(call) },
    { name: 'typescript', title: 'TypeScript', code: asTypeScript(call) },
    { name: 'python', title: 'Python', code: asPython(call) },
    { name: 'php', title: 'PHP', code: asPhp(call) },
  ];
}
