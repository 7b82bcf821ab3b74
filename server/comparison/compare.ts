import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import type { UserEntry } from '../records/entries.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import type { Answerer, EmulatorAnswer } from './answerer.js';
import type { Answers } from './answers.js';
import { compareBodies } from './compare-body.js';
import { compareHeaders } from './compare-headers.js';
import { compareLifetimes } from './compare-lifetimes.js';
import { findAcceptedField, findRefusedFields } from './compare-requests.js';
import { compareResults } from './compare-results.js';
import { type PublicKeys, SignatureComparison } from './compare-signature.js';
import { Constancies } from './constancies.js';
import type { Difference, ResultExample } from './difference.js';
import type { Finding } from './finding.js';
import { isObject, readObject } from './json-object.js';
import { leavesOf } from './leaves.js';
import { MergedFindings } from './merge-findings.js';
import { OldPairs } from './old-pairs.js';
import { looksLikeWalletCall, type PlatformCall, readPlatformCall } from './platform-call.js';

/** A recording that was compared with a profile. */
export interface Comparison {
  differences: Difference[];
  /** The calls that were compared. */
  calls: ComparedCall[];
  /** The number of calls that the comparison left out: they do not look like calls to the wallet, or have no answer. */
  ignored: number;
}

/** One call, with both answers. */
export interface ComparedCall {
  /** The index of the exchange in the recording. */
  exchange: number;
  /** The profile's name of the operation; undefined if the call looks like none. */
  operation: string | undefined;
  answer: EmulatorAnswer;
}

export interface CompareOptions {
  /** Tells what an emulator of the profile answers. */
  answerer: Answerer;
  /** The users of the fixtures: a field that only some of them have is optional. */
  users: Iterable<UserEntry>;
  keys: PublicKeys;
}

/**
 * Compares a recording with a profile: an emulator of the profile answers the same requests, and its answers are compared with the
 * platform's by structure and form, not by values.
 * @throws TextError if no call of the recording looks like one to a wallet
 */
export async function compare(
  recording: readonly Exchange[],
  profile: Profile,
  { answerer, users, keys }: CompareOptions,
): Promise<Comparison> {
  const calls = recording.map((exchange) => readPlatformCall(exchange, profile));
  const toWallet = [...calls.entries()].filter(([, call]) => looksLikeWalletCall(call));
  if (toWallet.length === 0) throw new TextError(noWalletCall(recording, profile));
  const chosen = toWallet.filter(([, { exchange }]) => exchange.response !== undefined);
  if (chosen.length === 0) throw new TextError(text('no-answered-call', { count: toWallet.length }));
  const run = new ComparisonRun(profile, [...users], keys);
  const compared: ComparedCall[] = [];
  for (const [exchange, call] of chosen) {
    const answer = await answerer.answer(call.exchange);
    run.add(call, answer, exchange);
    compared.push({ exchange, operation: call.operation?.name, answer });
  }
  return { differences: run.differences(), calls: compared, ignored: calls.length - chosen.length };
}

/** The calls of a recording that has none to a wallet. */
function noWalletCall(recording: readonly Exchange[], { name, operations }: Profile) {
  const seen = new Set(recording.map(({ request: { method, url } }) => `${method} ${new URL(url).host}${new URL(url).pathname}`));
  const [path = ''] = operations.keys();
  return text('no-wallet-call', {
    wallet: name,
    path,
    count: recording.length,
    seen: [...seen].slice(0, 3).map((one) => one.slice(0, 120)),
  });
}

/** Compares one call after another, and collects what differs. */
class ComparisonRun {
  readonly #profile: Profile;
  readonly #users: readonly UserEntry[];
  readonly #signatures: SignatureComparison;
  readonly #oldPairs: OldPairs;
  readonly #merged = new MergedFindings();
  readonly #constancies = new Constancies();
  /** Operation → the places that some answer of the platform has. */
  readonly #sentPlaces = new Map<string, Set<string>>();

  constructor(profile: Profile, users: readonly UserEntry[], keys: PublicKeys) {
    this.#profile = profile;
    this.#users = users;
    this.#signatures = new SignatureComparison(profile, keys);
    this.#oldPairs = new OldPairs(profile);
  }

  add(call: PlatformCall, answer: EmulatorAnswer, exchange: number): void {
    const findings = [...this.#comparePath(call, answer), ...this.#compareAnswer(call, answer)];
    this.#oldPairs.note(call);
    for (const finding of findings) this.#merged.add(finding, exchange);
  }

  /** All differences. A field that some answer of the platform has, and another has not, is optional, and no difference. */
  differences(): Difference[] {
    const found = this.#merged.all().map((difference): Difference => {
      const constancy = this.#constancies.of(difference);
      return constancy === undefined ? difference : { ...difference, constancy };
    });
    return found.filter((difference) => {
      const isMissing = difference.code === 'response-field-missing' || difference.code === 'scope-reads';
      if (!isMissing || difference.platform !== undefined) return true;
      return !this.#sentPlaces.get(difference.operation ?? '')?.has(difference.place ?? '');
    });
  }

  /** A platform that knows the path answers with something else than "no such path". */
  #comparePath({ isGuess, path, operation, succeeded, result }: PlatformCall, answer: EmulatorAnswer): Finding[] {
    const isRefused = !succeeded && (operation === undefined || result.resultCode === this.#profile.codes['path-unknown'].code);
    if (!isGuess || isRefused || (operation === undefined && answer.outcome !== 'path-unknown')) return [];
    return [{ code: 'path-unknown', operation: operation?.name, place: path, platform: path, emulator: operation?.paths ?? [] }];
  }

  #compareAnswer(call: PlatformCall, answer: EmulatorAnswer): Finding[] {
    const platform = call.answer;
    const emulator = readObject(answer.body) ?? {};
    const results = this.#compareResult(call, emulator, answer);
    // An answer that is no JSON comes from something before the platform, such as a gateway.
    if (platform === undefined) return results;
    const findings = [
      ...results,
      ...findRefusedFields(call, answer),
      ...compareHeaders(call.exchange.response?.headers ?? [], answer.headers, call.clientId),
      ...this.#signatures.compare(call, answer.headers),
    ];
    const { operation } = call;
    if (operation === undefined || call.succeeded !== (answer.outcome === 'done')) return findings;
    const answers: Answers = {
      call,
      operation,
      platform,
      emulator,
      answer,
      profile: this.#profile,
      users: this.#users,
    };
    this.#noteSent(operation.name, platform);
    const bodies = compareBodies(answers);
    this.#constancies.note(bodies, answers);
    return [...findings, ...bodies, ...compareLifetimes(answers)];
  }

  /** One finding says why only one side succeeded. */
  #compareResult(call: PlatformCall, emulator: Readonly<Record<string, unknown>>, answer: EmulatorAnswer): Finding[] {
    const oldPair = this.#oldPairs.compare(call, answer);
    if (oldPair !== undefined) return [oldPair];
    const accepted = findAcceptedField(call, answer, this.#profile);
    if (accepted !== undefined) return [accepted];
    const result = isObject(emulator.result) ? (emulator.result as ResultExample) : {};
    return compareResults(call, result, answer, this.#profile);
  }

  #noteSent(operation: string, platform: Readonly<Record<string, unknown>>): void {
    const places = this.#sentPlaces.get(operation) ?? new Set();
    this.#sentPlaces.set(operation, places);
    for (const leaf of leavesOf(platform).keys()) {
      // A place inside a list or an object also shows that the list or the object is there.
      for (let place = leaf; place.includes('.'); place = place.slice(0, place.lastIndexOf('.')).replace(/\[\]$/, ''))
        places.add(place);
    }
  }
}
