import { aurora } from '../emulator.js';
import type { Caller, Reply } from './caller.js';

/** Signed calls of one tenant, which its journal must have, each once. */
export class JournaledCalls {
  readonly #caller: Caller;
  #count = 0;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  send(path: string, fields: object, options: Parameters<Caller['platform']>[2] = {}): Promise<Reply> {
    this.#count++;
    return this.#caller.platform(path, fields, options);
  }

  /** Counts calls that were sent in another way. */
  add(count: number): void {
    this.#count += count;
  }

  /** The journal is empty again. */
  forget(): void {
    this.#count = 0;
  }

  /** Checks that the journal has each call once. */
  async check(): Promise<void> {
    const { tenant, tally, urls } = this.#caller;
    const expected = this.#count;
    if (expected > 0 && urls.length > 1)
      // Emulators that share a store tell each other of calls within milliseconds.
      await this.#caller.control('POST', 'journal/wait', {
        match: { kind: 'openapi', clientId: aurora.clientId },
        count: Math.min(expected, 2000),
      });
    const { entries } = await this.#caller.control('GET', `journal?kind=openapi&clientId=${aurora.clientId}&limit=2000`);
    tally.check(
      entries.length === Math.min(expected, 2000),
      () => `${tenant}: the journal has ${entries.length} of ${expected} calls`,
    );
  }
}
