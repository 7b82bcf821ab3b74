/** Counts the calls of rate-limited clients in fixed windows of time. */
export class RateLimiter {
  readonly #windows = new Map<string, { startedAt: number; calls: number }>();

  /**
   * Counts a call.
   * @param max calls allowed in a window
   * @param per the length of a window in milliseconds
   * @param now milliseconds since the epoch, by the emulator's clock
   * @returns whether the call is allowed, and when the window ends, in milliseconds since the epoch
   */
  count(clientId: string, { max, per }: { max: number; per: number }, now: number): { allowed: boolean; resetsAt: number } {
    let window = this.#windows.get(clientId);
    // The clock may have been set back to before the window.
    if (window === undefined || now >= window.startedAt + per || now < window.startedAt) {
      window = { startedAt: now, calls: 0 };
      this.#windows.set(clientId, window);
    }
    window.calls++;
    return { allowed: window.calls <= max, resetsAt: window.startedAt + per };
  }
}
