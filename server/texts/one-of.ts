import { quote, type Text, text } from './text.js';

/** The values with "or" between them. @param values at least one */
export function oneOf(values: readonly string[]): Text {
  return values.map(quote).reduce((first, second) => text('either', { first, second }));
}
