import type { FastifyRequest } from 'fastify';
import { tenantBase } from '../http/address.js';
import type { JournalEntry } from '../journal/entry.js';
import { shortMilliseconds } from '../pages/duration-text.js';
import type { Text, TextCode } from '../texts/text.js';
import { callModel } from './call-model.js';

/** The numbers of the platform's documentation for the steps of an authorization. */
type StepNumber = '1.1' | '2.2' | '';

/** A call as a step of the playground. */
export async function stepModel(request: FastifyRequest, entry: JournalEntry, lang: string, showSecrets: boolean) {
  const call = await callModel(request, entry, lang, showSecrets);
  return {
    ...call,
    id: entry.id,
    duration: shortMilliseconds(entry.durationMs),
    failed: entry.resultStatus === undefined ? entry.status === 0 || entry.status >= 400 : entry.resultStatus === 'F',
    wasAgreed: entry.kind === 'jsapi' && hasCode(entry.reason, 'agreed-before'),
    number: numberOf(request, entry),
    title: entry.kind === 'jsapi' ? `my.${call.operation}` : `${entry.method} ${walletPath(request, entry.path)}`,
    requestText: indented(call.request.body),
    responseText: indented(call.response.body),
  };
}

/** Returns true if a sentence, or one in it, has this code. */
function hasCode({ code, values = {} }: Text, wanted: TextCode): boolean {
  const parts = Object.values(values).flatMap((value) => (typeof value === 'object' ? (value as Text | readonly Text[]) : []));
  return code === wanted || parts.some((part) => typeof part === 'object' && hasCode(part, wanted));
}

/** The path as the wallet knows it, without the tenant. */
function walletPath({ tenant }: FastifyRequest, path: string): string {
  const base = tenantBase(tenant.name);
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

function numberOf({ tenant }: FastifyRequest, { kind, operation }: JournalEntry): StepNumber {
  if (kind === 'jsapi') return '1.1';
  const called = [...tenant.profile.operations.values()].find(({ name }) => name === operation);
  return called?.verb === 'exchange' ? '2.2' : '';
}

/** JSON with line breaks; other text as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
