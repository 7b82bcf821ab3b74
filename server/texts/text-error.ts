import { oneLine } from './one-line.js';
import { quote, type Text, text } from './text.js';
import { inEnglish } from './write-text.js';

/** An error whose message is a sentence with a code. `message` is the sentence in English, in one line. */
export class TextError extends Error {
  constructor(
    readonly text: Text,
    options?: ErrorOptions,
  ) {
    super(oneLine(inEnglish(text)), options);
  }
}

/** The message of an error that was caught, as a sentence. */
export function textOf(error: unknown): Text {
  return error instanceof TextError ? error.text : quote((error as Error).message);
}

/** A problem at a place, such as `notifyUrl`. */
export function errorAt(place: string, problem: Text): TextError {
  return new TextError(text('problem-at', { place, problem }));
}

/** An error that was caught, inside of a place: `publicKey: …` inside of `clients.0` is `clients.0.publicKey: …`. */
export function errorInside(outer: string, error: unknown): TextError {
  const problem = textOf(error);
  const { place, problem: inner } = problem.values ?? {};
  return problem.code === 'problem-at' && typeof place === 'string' && typeof inner === 'object' && 'code' in inner
    ? errorAt(`${outer}.${place}`, inner)
    : errorAt(outer, problem);
}
