/** Writes the control characters of a text as JSON does (`\n`), so that an error that quotes it is one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : escaped;
  });
}
