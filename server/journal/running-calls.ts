import { type Text, text } from '../texts/text.js';
import type { JournalEntry, PresentedRunningCall } from './entry.js';
import { sequence } from './journal.js';

/** The most running calls of a tenant. If more begin, the oldest are no longer listed. */
const capacity = 200;

/** A call waits for one of these: the end of a delay, the user's answer on a sheet, or its caller, who gets no answer and hangs up at some time. */
export type WaitsFor = PresentedRunningCall['waitsFor'];

/** A call that has begun and not ended. */
export interface RunningCall {
  /** Its journal entry. If the journal does not have it yet, what is known so far. */
  entry: JournalEntry;
  /** True if the journal has the entry. */
  isJournaled: boolean;
  waitsFor: WaitsFor;
  /** The time at which it ends by itself: milliseconds since the epoch, by the emulator's clock. */
  endsAt?: number;
}

/** A call has begun, or it has ended: with an entry, if the journal has one. */
export interface RunningChange {
  call: RunningCall;
  hasEnded: boolean;
  entry?: JournalEntry;
}

/** The facts of a call before it has a result. */
export type UnfinishedCall = Pick<JournalEntry, 'kind' | 'method' | 'path' | 'request'> &
  Partial<Pick<JournalEntry, 'operation' | 'clientId' | 'appId' | 'userId' | 'scopes' | 'authorizationId' | 'scenario'>>;

export interface RunningOptions {
  /** By the emulator's clock: milliseconds since the epoch. */
  now(): number;
  /** Returns the number of the next call without an entry. Tenants share one sequence. */
  nextId?(): number;
  changed?(change: RunningChange): void;
}

/** The calls of a tenant that wait for something. A call that is answered at once is never listed. */
export class RunningCalls {
  readonly #calls = new Map<string, RunningCall>();
  readonly #now: RunningOptions['now'];
  readonly #nextId: NonNullable<RunningOptions['nextId']>;
  readonly #changed: NonNullable<RunningOptions['changed']>;

  constructor({ now, nextId = sequence(), changed = () => {} }: RunningOptions) {
    this.#now = now;
    this.#nextId = nextId;
    this.#changed = changed;
  }

  /**
   * Lists a call that the journal has already, until `end`.
   * @returns the key for `end`
   */
  beginJournaled(entry: JournalEntry, waitsFor: WaitsFor): string {
    this.#begin(entry.id, { entry, isJournaled: true, waitsFor });
    return entry.id;
  }

  /**
   * Lists a call that the journal does not have yet, until `end`.
   * @param options `key` for `end`: without it, the call gets one. `endsAt`: when it ends by itself
   * @returns the key
   */
  begin(call: UnfinishedCall, waitsFor: WaitsFor, { key, endsAt }: { key?: string; endsAt?: number } = {}): string {
    const id = `running-${this.#nextId()}`;
    const entry: JournalEntry = {
      ...call,
      id,
      at: this.#now(),
      status: 0,
      reason: waitText(waitsFor),
      durationMs: 0,
      findings: [],
      response: { headers: {}, body: '' },
      secrets: [],
    };
    this.#begin(key ?? id, { entry, isJournaled: false, waitsFor, ...(endsAt !== undefined && { endsAt }) });
    return key ?? id;
  }

  /** Ends a call. Does nothing if it is not listed. @param entry the one that the journal has of it now */
  end(key: string, entry?: JournalEntry): void {
    const call = this.#calls.get(key);
    if (call === undefined) return;
    this.#calls.delete(key);
    const ending = call.isJournaled ? call.entry : entry;
    this.#changed({ call, hasEnded: true, ...(ending && { entry: ending }) });
  }

  /** Newest first. Calls whose time is over end. */
  list(): RunningCall[] {
    const now = this.#now();
    for (const [key, { endsAt = Number.POSITIVE_INFINITY }] of this.#calls) if (endsAt <= now) this.end(key);
    return [...this.#calls.values()].reverse();
  }

  /** @param id of its entry */
  get(id: string): RunningCall | undefined {
    for (const call of this.#calls.values()) if (call.entry.id === id) return call;
    return undefined;
  }

  /** Ends all calls: their tenant is gone. */
  clear(): void {
    for (const key of [...this.#calls.keys()]) this.end(key);
  }

  #begin(key: string, call: RunningCall): void {
    this.end(key);
    for (const oldest of this.#calls.keys()) {
      if (this.#calls.size < capacity) break;
      this.end(oldest);
    }
    this.#calls.set(key, call);
    this.#changed({ call, hasEnded: false });
  }
}

/** Says what a call waits for. */
export function waitText(waitsFor: WaitsFor): Text {
  return text(`call-waits-for-${waitsFor}`);
}
