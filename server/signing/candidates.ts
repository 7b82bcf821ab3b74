import { text } from '../texts/text.js';
import { type BodyChange, bodyChanges, byteOrderMark, rareBodyChanges } from './body-changes.js';
import { inUtf16 } from './charsets.js';
import { digestOf } from './digest.js';
import {
  type HeadChange,
  otherClientIds,
  otherMethods,
  otherSeparators,
  timesCloseBy,
  timesInOtherForms,
} from './head-changes.js';
import type { SignatureMistake } from './mistake.js';
import { commonPaths, rarePaths } from './path-changes.js';
import type { UnverifiedCall } from './unverified-call.js';

/** A content that may have been signed by mistake. */
export interface Candidate {
  mistakes: SignatureMistake[];
  /** In pieces, so that a large body is not copied. */
  content: readonly Buffer[];
}

/** Only this many client ids are combined with other mistakes. */
const maxClientIdsInPairs = 5;
const noBytes = Buffer.alloc(0);

/** The contents that may be signed. If the signature is over one of them, only its hash or its encoding is wrong. */
export function rightContents(call: UnverifiedCall): Buffer[][] {
  return call.paths.map((path) => [headOf(call, [{ parts: { path } }]), call.body]);
}

/** The contents with one mistake, the most likely first. */
export function* singleMistakes(call: UnverifiedCall): Generator<Candidate> {
  for (const change of commonPaths(call)) yield candidate(call, [change]);
  for (const change of bodyChanges(call.body)) yield* inEachPath(call, change);
  for (const change of otherHeads(call)) yield candidate(call, [change]);
  for (const change of otherClientIds(call)) yield candidate(call, [change]);
  for (const change of rarePaths(call)) yield candidate(call, [change]);
  for (const change of timesCloseBy(call)) yield candidate(call, [change]);
  yield* wholeContents(call);
  for (const change of rareBodyChanges(call.body)) yield* inEachPath(call, change);
}

/** The contents with two mistakes: two before the body, or one before it and one in it. */
export function* pairsOfMistakes(call: UnverifiedCall): Generator<Candidate> {
  const paths = [...commonPaths(call)];
  const clientIds = [...otherClientIds(call)].slice(0, maxClientIdsInPairs);
  const others = [...otherHeads(call), ...clientIds];
  for (const path of paths) {
    for (const other of others) yield candidate(call, [path, other]);
  }
  for (const body of bodyChanges(call.body)) {
    for (const path of paths) yield candidate(call, [path], body);
  }
  for (const [index, first] of others.entries()) {
    for (const second of others.slice(index + 1)) {
      if (first.mistake.code !== second.mistake.code) yield candidate(call, [first, second]);
    }
  }
  for (const body of bodyChanges(call.body)) {
    for (const other of others) yield candidate(call, [other], body);
  }
}

function* otherHeads(call: UnverifiedCall): Generator<HeadChange> {
  yield* otherMethods(call);
  yield* otherSeparators(call);
  yield* timesInOtherForms(call);
}

/** Another body, after each path that may be signed. */
function* inEachPath(call: UnverifiedCall, { mistake, body }: BodyChange): Generator<Candidate> {
  for (const path of call.paths) yield { mistakes: [mistake], content: [headOf(call, [{ parts: { path } }]), body] };
}

/** Changes that concern the content as a whole. */
function* wholeContents(call: UnverifiedCall): Generator<Candidate> {
  const right = [headOf(call, []), call.body];
  const mark = text('mark-in-content');
  yield { mistakes: [{ code: 'byte-order-mark', message: mark }], content: [byteOrderMark, ...right] };
  yield* hashes(right);
  for (const [charset, bytes] of inUtf16(Buffer.concat(right).toString())) {
    const message = text('charset-of-content', { charset });
    yield { mistakes: [{ code: 'wrong-charset', message }], content: [bytes] };
  }
}

function* hashes(content: readonly Buffer[]): Generator<Candidate> {
  for (const hash of ['sha256', 'sha1', 'md5', 'sha512']) {
    const digest = digestOf(hash, content);
    const hex = digest.toString('hex');
    const texts = [hex, hex.toUpperCase(), digest.toString('base64')].map((written) => Buffer.from(written));
    for (const hashed of [digest, ...texts]) {
      const form = text(hashed === digest ? 'the-hash' : 'the-hash-as-text');
      const message = text('hash-signed', { form, hash: hash.toUpperCase() });
      yield { mistakes: [{ code: 'hashed-twice', message }], content: [hashed] };
    }
  }
}

/** The content with these changes before the body, and with the body as it was sent unless there is another. */
function candidate(call: UnverifiedCall, heads: HeadChange[], other?: BodyChange): Candidate {
  const mistakes = [...(other === undefined ? [] : [other.mistake]), ...heads.map(({ mistake }) => mistake)];
  return { mistakes, content: [headOf(call, heads), other?.body ?? call.body] };
}

/** Returns the part of the content before the body. */
function headOf(call: UnverifiedCall, changes: readonly Omit<HeadChange, 'mistake'>[]): Buffer {
  const template = changes.find((change) => change.template !== undefined)?.template ?? call.template;
  const parts = Object.assign({}, call.parts, ...changes.map((change) => change.parts)) as UnverifiedCall['parts'];
  return template(parts, noBytes);
}
