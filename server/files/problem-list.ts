import { oneLine } from '../texts/one-line.js';

/** Files are invalid. The message is one line: the first problem, and how many more there are. */
export class FilesInvalidError extends Error {
  /** All problems, one line each. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const lines = problems.map(oneLine);
    const [first = '', ...others] = lines;
    super(others.length === 0 ? first : `${first} (and ${others.length} more ${others.length === 1 ? 'problem' : 'problems'})`);
    this.problems = lines;
  }
}

/** Collects the problems of several files, so that a user sees all of them at once. */
export class ProblemList {
  readonly #problems = new Set<string>();

  get all(): string[] {
    return [...this.#problems];
  }

  add(...problems: readonly string[]): void {
    for (const problem of problems) this.#problems.add(problem);
  }

  /** Runs a step and collects its error. @returns undefined if the step failed */
  try<Result>(step: () => Result): Result | undefined {
    try {
      return step();
    } catch (error) {
      this.add(...(error instanceof FilesInvalidError ? error.problems : [(error as Error).message]));
      return undefined;
    }
  }

  /** @throws FilesInvalidError if there is a problem */
  throwIfAny(): void {
    if (this.#problems.size > 0) throw new FilesInvalidError(this.all);
  }
}
