import type { FindingCode } from '../engine/finding-codes.js';
import type { Message, NewEntry, StoredFacts } from './entry.js';
import { traceparentOf } from './traceparent.js';

type WithUndefined<Type> = {
  [Field in keyof Type]: Record<never, never> extends Pick<Type, Field> ? Type[Field] | undefined : Type[Field];
};

/** The facts of one call. Undefined facts are left out of the entry. */
export interface CallFacts
  extends WithUndefined<Omit<NewEntry, 'findings' | 'signature' | 'request' | 'response' | 'secrets' | 'traceparent'>> {
  signature?: SignatureFacts | undefined;
  findings?: Iterable<FindingCode> | undefined;
  request: MessageFacts;
  response: MessageFacts;
  secrets?: readonly string[] | undefined;
}

type StoredSignature = NonNullable<NewEntry['signature']>;

/** The contents are whole: the entry holds at most 16 KiB of each. */
export interface SignatureFacts extends Omit<StoredSignature, 'contentToSign' | 'signedContent'> {
  contentToSign?: Buffer;
  signedContent?: Buffer;
}

interface MessageFacts {
  headers: Message['headers'];
  /** Whole: the entry holds at most 16 KiB of it. */
  body: string | Buffer;
}

/** Builds a journal entry: leaves out absent facts, rounds the duration to hundredths of a millisecond, cuts long bodies. */
export function buildEntry(call: CallFacts): NewEntry {
  const { durationMs, findings = [], signature, recorded, request, response, secrets = [], ...facts } = call;
  const entry = withoutUndefined(facts) as NewEntry;
  const traceparent = traceparentOf(request.headers);
  if (traceparent !== undefined) entry.traceparent = traceparent;
  if (signature !== undefined) entry.signature = clipContents(signature);
  if (recorded !== undefined) entry.recorded = clipEmulator(recorded);
  entry.durationMs = Math.round(durationMs * 100) / 100;
  entry.findings = [...new Set(findings)];
  entry.request = { headers: request.headers, body: clip(request.body) };
  entry.response = { headers: response.headers, body: clip(response.body) };
  entry.secrets = secrets;
  return entry;
}

function clipContents({ contentToSign, signedContent, ...signature }: SignatureFacts): StoredSignature {
  const clipped: StoredSignature = signature;
  if (contentToSign !== undefined) clipped.contentToSign = clip(contentToSign);
  if (signedContent !== undefined) clipped.signedContent = clip(signedContent);
  return clipped;
}

function clipEmulator({ emulator, ...facts }: StoredFacts): StoredFacts {
  return emulator === undefined ? facts : { ...facts, emulator: { ...emulator, body: clip(emulator.body) } };
}

function withoutUndefined<Facts extends object>(facts: Facts): Partial<Facts> {
  // Each call pays for this. Loops and assignments cost a tenth of what lists of entries and spreads cost.
  const defined: Partial<Facts> = {};
  for (const name in facts) if (facts[name] !== undefined) defined[name] = facts[name];
  return defined;
}

/** Bytes of a body that an entry holds: 2,000 entries with whole bodies could take gigabytes. */
const maxBodyBytes = 16_384;
/** A code or token is at most this long. */
const maxWordLength = 4096;
const wordCharacter = /[A-Za-z0-9_.~+/=-]/;

/** Cuts a long body. The result is a copy: a slice would keep the whole body in memory. */
function clip(body: string | Buffer): string {
  const length = body.length;
  if (length <= maxBodyBytes) return body.toString();
  const start = typeof body === 'string' ? Buffer.from(body.slice(0, maxBodyBytes)) : body.subarray(0, maxBodyBytes);
  const clipped = withoutLastWord(start.toString());
  return `${clipped}… (${length - clipped.length} characters more)`;
}

/** The word at the cut may be half a code or token, which nothing would recognize as a secret. */
function withoutLastWord(text: string): string {
  let end = text.length;
  while (end > 0 && text.length - end < maxWordLength && wordCharacter.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}
