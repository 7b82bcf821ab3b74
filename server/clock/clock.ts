import { latestInstant } from './time.js';

/**
 * A tenant's time: the machine's, shifted or frozen. Validity and expiry ask this clock and no other, so a test moves it instead
 * of waiting.
 */
export class Clock {
  #offset = 0;
  #frozenAt: number | undefined;
  readonly #listeners = new Set<() => void>();

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /**
   * Jumps to a time; a frozen clock stays frozen there, a running one runs on from there.
   * @param at milliseconds since the epoch
   */
  set(at: number): void {
    const target = Math.min(Math.max(at, 0), latestInstant);
    if (this.frozen) this.#frozenAt = target;
    else this.#offset = target - Date.now();
    this.#moved();
  }

  /**
   * Moves the time ahead.
   * @param by milliseconds
   */
  advance(by: number): void {
    this.set(this.now() + by);
  }

  freeze(): void {
    this.#frozenAt = this.now();
    this.#moved();
  }

  /** Lets a frozen clock run on from where it stands. */
  run(): void {
    if (this.#frozenAt === undefined) return;
    this.#offset = this.#frozenAt - Date.now();
    this.#frozenAt = undefined;
    this.#moved();
  }

  /** @param listener called whenever the time jumps, stops or runs on */
  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #moved(): void {
    for (const listener of this.#listeners) listener();
  }

  /** What a restart must know: how far this clock is from the machine's (milliseconds), or where it stands still. */
  get state(): { offset: number; frozenAt?: number } {
    return this.#frozenAt === undefined ? { offset: this.#offset } : { offset: this.#offset, frozenAt: this.#frozenAt };
  }

  restore(state: { offset: number; frozenAt?: number }): void {
    this.#offset = state.offset;
    this.#frozenAt = state.frozenAt;
    this.#moved();
  }
}
