import { latestInstant } from './time.js';

/**
 * A tenant's time: the machine's time, shifted or frozen. Validity and expiry use only this clock, so a test sets it instead of
 * waiting.
 */
export class Clock {
  #offset = 0;
  #frozenAt: number | undefined;
  readonly #listeners = new Set<() => void>();

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  /** The machine's time: milliseconds since the epoch. It does not follow this clock. Use it only to judge what other machines say. */
  machineNow(): number {
    return Date.now();
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /** True if the time runs at a distance from the machine's time. A frozen clock does not run. */
  get moved(): boolean {
    return !this.frozen && this.#offset !== 0;
  }

  /**
   * Sets the time. A frozen clock stays frozen, and a running clock runs on from the new time.
   * @param at milliseconds since the epoch
   */
  set(at: number): void {
    const target = Math.min(Math.max(at, 0), latestInstant);
    if (this.frozen) this.#frozenAt = target;
    else this.#offset = target - Date.now();
    this.#notify();
  }

  /**
   * Moves the time forward.
   * @param by milliseconds; negative: backward
   */
  advance(by: number): void {
    this.set(this.now() + by);
  }

  freeze(): void {
    this.#frozenAt = this.now();
    this.#notify();
  }

  /** Lets a frozen clock run on from its time. */
  run(): void {
    if (this.#frozenAt === undefined) return;
    this.#offset = this.#frozenAt - Date.now();
    this.#frozenAt = undefined;
    this.#notify();
  }

  /**
   * @param listener called when the time is set, frozen or runs on
   * @returns a function that removes the listener
   */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The state for `restore`: the distance from the machine's time in milliseconds, and the time of a frozen clock. */
  get state(): { offset: number; frozenAt?: number } {
    return this.#frozenAt === undefined ? { offset: this.#offset } : { offset: this.#offset, frozenAt: this.#frozenAt };
  }

  restore(state: { offset: number; frozenAt?: number }): void {
    this.#offset = state.offset;
    this.#frozenAt = state.frozenAt;
    this.#notify();
  }
}
