import { type Text, text } from './text.js';

/** The kind of a JSON value in words, such as "a number". */
export function kindText(value: unknown): Text {
  if (value === null) return text('is-null');
  if (Array.isArray(value)) return text('is-a-list');
  switch (typeof value) {
    case 'string':
      return text('is-a-string');
    case 'number':
      return text('is-a-number');
    case 'boolean':
      return text('is-a-boolean');
    default:
      return text('is-an-object');
  }
}
