/** Counts calls in windows of time, for the clients that are limited. */
export class Traffic {
  readonly #windows = new Map<string, { from: number; calls: number }>();

  /**
   * Counts a call.
   * @param per milliseconds
   * @param now milliseconds since the epoch, by the emulator's clock
   * @returns whether it is within the limit, and when the window ends
   */
  count(clientId: string, { max, per }: { max: number; per: number }, now: number): { within: boolean; until: number } {
    let window = this.#windows.get(clientId);
    if (window === undefined || now >= window.from + per || now < window.from) {
      window = { from: now, calls: 0 };
      this.#windows.set(clientId, window);
    }
    window.calls++;
    return { within: window.calls <= max, until: window.from + per };
  }
}
