/**
 * Writes the control characters of a text as JSON does (`\n`), so that it is one line and sends no commands to a terminal. Characters
 * that change the direction of the text are written so too: they would show it in another order.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : escaped;
  });
}
