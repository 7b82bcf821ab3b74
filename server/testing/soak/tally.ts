/** The work of a soak, and its faults. */
export class Tally {
  /** Kind of work → how often it was done. */
  readonly counts = new Map<string, number>();
  readonly violations: string[] = [];
  /** Of the answers that no scenario delays, in milliseconds. */
  longestAnswerMs = 0;
  longestAnswer = '';

  add(name: string, count = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + count);
  }

  count(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** Checks something that must always be true. */
  check(isTrue: boolean, problem: () => string): void {
    this.add('checks');
    if (!isTrue) this.violations.push(problem());
  }

  noteAnswer(what: string, ms: number): void {
    if (ms <= this.longestAnswerMs) return;
    this.longestAnswerMs = ms;
    this.longestAnswer = what;
  }
}
