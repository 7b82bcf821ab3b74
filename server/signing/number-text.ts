/** A number as a JSON text has it. As a JavaScript number, 1.0 and 216610000000446291765 would be printed in another way. */
export class NumberText {
  constructor(private readonly written: string) {}

  toString(): string {
    return this.written;
  }
}

const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const mark = '\u0000number ';

/**
 * Parses JSON, with each number as it is written.
 * @returns undefined if JavaScript prints all its numbers in the same way
 */
export function parseNumbersAsText(json: string): unknown {
  const numbers = (json.match(tokens) ?? []).filter((token) => !token.startsWith('"'));
  if (numbers.every((number) => String(Number(number)) === number)) return undefined;
  const marked = json.replace(tokens, (token) => (token.startsWith('"') ? token : JSON.stringify(mark + token)));
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new NumberText(value.slice(mark.length)) : value,
  );
}
