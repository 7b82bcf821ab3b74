import { depthOf } from '../schemas/depth.js';
import { inOtherCharsets, misread } from './charsets.js';
import { jsonForms, type NamedText, textForms } from './json-forms.js';
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
  const text = body.length > maxRewrittenLength ? undefined : body.toString();
  if (text !== undefined && depthOf(text) <= maxRewrittenDepth) {
    for (const named of textForms(text)) yield rewritten(named);
    for (const named of jsonForms(text)) yield rewritten(named);
  }
  yield* otherEnds(body);
  if (body.subarray(0, 3).equals(byteOrderMark)) {
    const message = 'the body was sent with a byte-order mark and signed without it: send it without the mark';
    yield { mistake: { code: 'byte-order-mark', message }, body: body.subarray(3) };
  } else {
    const message = 'the body was signed with a byte-order mark at its start: sign the bytes that you send';
    yield { mistake: { code: 'byte-order-mark', message }, body: Buffer.concat([byteOrderMark, body]) };
  }
  if (text === undefined) return;
  for (const [charset, bytes] of inOtherCharsets(text)) {
    const message = `the text was signed in ${charset}, and sent in UTF-8: name UTF-8 where the text becomes bytes to sign`;
    yield { mistake: { code: 'wrong-charset', message }, body: bytes };
  }
  for (const [charset, bytes] of misread(body)) {
    const message = `the signed bytes are the sent ones read in ${charset} and written in UTF-8: use UTF-8 in every step`;
    yield { mistake: { code: 'wrong-charset', message }, body: bytes };
  }
}

function rewritten([name, text]: NamedText): BodyChange {
  const message = `the signed body is the same JSON, but not the same bytes (${name}): sign the exact bytes that you send`;
  return { mistake: { code: 'body-changed', message }, body: Buffer.from(text) };
}

function* otherEnds(body: Buffer): Generator<BodyChange> {
  yield otherEnd('empty', Buffer.alloc(0));
  yield otherEnd('a line feed at the end', Buffer.concat([body, Buffer.from('\n')]));
  yield otherEnd('CR LF at the end', Buffer.concat([body, Buffer.from('\r\n')]));
  const start = body.findIndex((byte) => byte > 0x20);
  const end = body.findLastIndex((byte) => byte > 0x20) + 1;
  yield otherEnd('no white space at the end', body.subarray(0, end));
  yield otherEnd('no white space around it', body.subarray(Math.max(start, 0), end));
}

function otherEnd(name: string, body: Buffer): BodyChange {
  const message = `the signed body is not the sent one (${name}): sign the exact bytes that you send`;
  return { mistake: { code: 'body-changed', message }, body };
}
