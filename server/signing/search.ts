import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import { type Text, text } from '../texts/text.js';
import { type Candidate, pairsOfMistakes, singleMistakes } from './candidates.js';
import type { RuledOut } from './mistake.js';
import type { OpenedSignature } from './opened-signature.js';
import type { UnverifiedCall } from './unverified-call.js';

/** One search hashes at most this many bytes. */
const maxHashedBytes = 8 * 2 ** 20;
/** A short content counts as this many bytes, because a hash has a fixed cost too. */
const minCountedBytes = 1024;
/** After this time (in milliseconds), the search lets other calls run. */
const sliceMs = 3;
/** Searches that wait. With more, each tries single mistakes only. */
const maxWaitingForPairs = 10;
/** Searches that wait at most. Further ones do not run. */
const maxWaiting = 200;

/** The result of a search. `found` is absent if nothing was found. `incomplete` says why candidates were left out. */
export interface SearchResult {
  found?: Candidate;
  /** The number of contents that were tried and are not the signed one, for each mistake that they have. */
  ruledOut: RuledOut[];
  incomplete?: Text;
}

/** Searches run one after another, in slices, so that calls with a right signature do not wait for them. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Finds what a signature covers if it does not cover the right content. Only hashes are computed. */
export function searchContent(call: UnverifiedCall, opened: OpenedSignature): Promise<SearchResult> {
  if (waiting >= maxWaiting) return Promise.resolve({ ruledOut: [], incomplete: text('search-busy') });
  waiting++;
  const found = last.then(() => search(call, opened)).finally(() => waiting--);
  last = found.catch(() => {});
  return found;
}

async function search(call: UnverifiedCall, opened: OpenedSignature): Promise<SearchResult> {
  let hashedBytes = 0;
  let sliceEnds = performance.now() + sliceMs;
  const tried = new Map<SignatureMistakeCode, number>();
  const ruledOut = () => Array.from(tried, ([code, count]) => ({ code, tried: count }));
  for (const candidate of candidates(call)) {
    for (const piece of candidate.content) hashedBytes += piece.length;
    hashedBytes += minCountedBytes;
    if (hashedBytes > maxHashedBytes) return { ruledOut: ruledOut(), incomplete: text('search-too-long') };
    if (opened.covers(candidate.content)) return { found: candidate, ruledOut: ruledOut() };
    for (const { code } of candidate.mistakes) tried.set(code, (tried.get(code) ?? 0) + 1);
    if (performance.now() < sliceEnds) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceEnds = performance.now() + sliceMs;
  }
  return { ruledOut: ruledOut(), ...(waiting > maxWaitingForPairs && { incomplete: text('search-shortened') }) };
}

function* candidates(call: UnverifiedCall): Generator<Candidate> {
  yield* singleMistakes(call);
  if (waiting <= maxWaitingForPairs) yield* pairsOfMistakes(call);
}
