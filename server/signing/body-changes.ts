import { depthOf } from '../schemas/depth.js';
import { type Text, text } from '../texts/text.js';
import { inOtherCharsets, misread } from './charsets.js';
import { jsonForms, type NamedText, rareJsonForms, textForms } from './json-forms.js';
import type { SignatureMistake } from './mistake.js';

/** A body that may have been signed instead of the one that was sent. */
export interface BodyChange {
  mistake: SignatureMistake;
  body: Buffer;
}

export const byteOrderMark = Buffer.from('\ufeff');

/** Longer (in bytes) and deeper bodies are not rewritten: with indentation, a deeply nested body grows by the square of its length. */
const maxRewrittenLength = 32_768;
const maxRewrittenDepth = 32;

/** Bodies that may have been signed by mistake, the most likely first. */
export function* bodyChanges(body: Buffer): Generator<BodyChange> {
  const sent = body.length > maxRewrittenLength ? undefined : body.toString();
  if (sent !== undefined && isFlat(sent)) {
    for (const named of textForms(sent)) yield rewritten(named);
    for (const named of jsonForms(sent)) yield rewritten(named);
  }
  yield* otherEnds(body);
  if (body.subarray(0, 3).equals(byteOrderMark)) {
    const message = text('mark-sent');
    yield { mistake: { code: 'byte-order-mark', message }, body: body.subarray(3) };
  } else {
    const message = text('mark-signed');
    yield { mistake: { code: 'byte-order-mark', message }, body: Buffer.concat([byteOrderMark, body]) };
  }
  if (sent === undefined) return;
  for (const [charset, bytes] of inOtherCharsets(sent)) {
    const message = text('charset-signed', { charset });
    yield { mistake: { code: 'wrong-charset', message }, body: bytes };
  }
  for (const [charset, bytes] of misread(body)) {
    const message = text('charset-misread', { charset });
    yield { mistake: { code: 'wrong-charset', message }, body: bytes };
  }
}

/** Bodies that are signed by mistake so seldom that no other mistake is looked for beside them. */
export function* rareBodyChanges(body: Buffer): Generator<BodyChange> {
  const sent = body.length > maxRewrittenLength ? '' : body.toString();
  if (isFlat(sent)) for (const named of rareJsonForms(sent)) yield rewritten(named);
}

function isFlat(sent: string): boolean {
  return depthOf(sent) <= maxRewrittenDepth;
}

function rewritten([name, written]: NamedText): BodyChange {
  const message = text('body-rewritten', { form: name });
  return { mistake: { code: 'body-changed', message }, body: Buffer.from(written) };
}

function* otherEnds(body: Buffer): Generator<BodyChange> {
  yield otherEnd(text('end-empty'), Buffer.alloc(0));
  yield otherEnd(text('end-line-feed'), Buffer.concat([body, Buffer.from('\n')]));
  yield otherEnd(text('end-cr-lf'), Buffer.concat([body, Buffer.from('\r\n')]));
  const start = body.findIndex((byte) => byte > 0x20);
  const end = body.findLastIndex((byte) => byte > 0x20) + 1;
  yield otherEnd(text('end-trimmed'), body.subarray(0, end));
  yield otherEnd(text('both-ends-trimmed'), body.subarray(Math.max(start, 0), end));
}

function otherEnd(form: Text, body: Buffer): BodyChange {
  const message = text('body-other', { form });
  return { mistake: { code: 'body-changed', message }, body };
}
