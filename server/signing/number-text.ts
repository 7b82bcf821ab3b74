/** A number as a JSON text has it. As a JavaScript number, 1.0 and 216610000000446291765 would be printed in another way. */
export class NumberText {
  constructor(private readonly written: string) {}

  toString(): string {
    return this.written;
  }
}

const numberCharacters = /[\d.eE+-]+/y;
const mark = '\u0000number ';

/**
 * Parses JSON, with each number as it is written.
 * @returns undefined if JavaScript prints all its numbers in the same way
 */
export function parseNumbersAsText(json: string): unknown {
  let marked = '';
  let differs = false;
  for (const token of tokensOf(json)) {
    const isNumber = /^[-\d]/.test(token);
    if (isNumber && String(Number(token)) !== token) differs = true;
    marked += isNumber ? JSON.stringify(mark + token) : token;
  }
  if (!differs) return undefined;
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new NumberText(value.slice(mark.length)) : value,
  );
}

/** Splits JSON into strings, numbers and single other characters. */
function* tokensOf(json: string): Generator<string> {
  for (let at = 0; at < json.length; ) {
    const end = endOfToken(json, at);
    yield json.slice(at, end);
    at = end;
  }
}

function endOfToken(json: string, start: number): number {
  if (json[start] === '"') {
    let at = start + 1;
    while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
    return at + 1;
  }
  numberCharacters.lastIndex = start;
  return /[-\d]/.test(json[start] ?? '') && numberCharacters.test(json) ? numberCharacters.lastIndex : start + 1;
}
