import { quote, type Text } from './text.js';
import { inEnglish } from './write-text.js';

/** An error whose message is a sentence with a code. `message` is the sentence in English. */
export class TextError extends Error {
  constructor(
    readonly text: Text,
    options?: ErrorOptions,
  ) {
    super(inEnglish(text), options);
  }
}

/** The message of an error that was caught, as a sentence. */
export function textOf(error: unknown): Text {
  return error instanceof TextError ? error.text : quote((error as Error).message);
}
