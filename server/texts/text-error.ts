import { oneLine } from './one-line.js';
import { systemText } from './system-text.js';
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

/** The message of an error that was caught, as a sentence. The words of other errors are quoted, and are the same in each language. */
export function textOf(error: unknown): Text {
  if (error instanceof TextError) return error.text;
  const { message, code } = error as NodeJS.ErrnoException;
  // For a host with several addresses, the error has a code and no message.
  return systemText(error) ?? quote(message || (code ?? ''));
}

/** A problem at a place, such as `notifyUrl`. */
export function errorAt(place: string, problem: Text): TextError {
  return new TextError(atPlace(place, problem));
}

/** The sentence of a problem at a place. */
export function atPlace(place: string, problem: Text): Text {
  return text('problem-at', { place, problem });
}

/**
 * Runs a step. The place of its error is inside of another one: `publicKey: …` inside of `clients.0` is `clients.0.publicKey: …`.
 * @throws TextError at the whole place
 */
export function inside<Result>(outer: string, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    throw errorInside(outer, error);
  }
}

function errorInside(outer: string, error: unknown): TextError {
  const { place, problem } = placeAndProblem(textOf(error));
  return errorAt(place === undefined ? outer : `${outer}.${place}`, problem);
}

/** Takes a problem and its place apart. The place is undefined if the sentence has none. */
export function placeAndProblem(sentence: Text): { place?: string; problem: Text } {
  const { place, problem } = sentence.values ?? {};
  return sentence.code === 'problem-at' && typeof place === 'string' && typeof problem === 'object' && 'code' in problem
    ? { place, problem }
    : { problem: sentence };
}
