import { oneLine } from '../texts/one-line.js';
import { quote, type Text, text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';

/** Files are invalid. The message is one line: the first problem, and how many more there are. */
export class FilesInvalidError extends TextError {
  readonly texts: readonly Text[];
  /** All problems in English, one line each. */
  readonly problems: readonly string[];

  /** @param problems at least one; a string is the same in each language */
  constructor(problems: readonly (Text | string)[]) {
    const texts = problems.map(sentenceOf);
    super(firstOf(texts));
    this.texts = texts;
    this.problems = texts.map(lineOf);
  }
}

/** Collects the problems of several files, so that a user sees all of them at once. */
export class ProblemList {
  /** The problem in English → the problem. */
  readonly #problems = new Map<string, Text>();

  /** All problems in English, one line each. */
  get all(): string[] {
    return [...this.#problems.keys()];
  }

  /** @param problems a string is the same in each language */
  add(...problems: readonly (Text | string)[]): void {
    for (const problem of problems.map(sentenceOf)) this.#problems.set(lineOf(problem), problem);
  }

  /** Runs a step and collects its error. @returns undefined if the step failed */
  try<Result>(step: () => Result): Result | undefined {
    try {
      return step();
    } catch (error) {
      this.add(...(error instanceof FilesInvalidError ? error.texts : [textOf(error)]));
      return undefined;
    }
  }

  /** @throws FilesInvalidError if there is a problem */
  throwIfAny(): void {
    if (this.#problems.size > 0) throw new FilesInvalidError([...this.#problems.values()]);
  }
}

function sentenceOf(problem: Text | string): Text {
  return typeof problem === 'string' ? quote(problem) : problem;
}

function lineOf(problem: Text): string {
  return oneLine(inEnglish(problem));
}

function firstOf([first = quote(''), ...others]: readonly Text[]): Text {
  if (others.length === 0) return first;
  return others.length === 1 ? text('one-more-problem', { first }) : text('more-problems', { first, count: others.length });
}
