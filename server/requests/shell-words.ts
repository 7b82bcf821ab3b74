import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';

/** Characters that end a command in a POSIX shell. */
const commandEnds = new Set(['|', ';', '&', '>', '<']);
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  e: '\u001b',
};

/**
 * Splits the first command of a text into words, as a POSIX shell does. Comment lines before it are skipped.
 * @throws TextError with the line, for an open quote, or for a variable or command whose value is not in the text
 */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;

  const line = () => command.slice(0, at).split('\n').length;
  const refuse = (what: string): never => {
    throw new TextError(text('shell-value-unknown', { line: line(), what }));
  };
  const open = (quote: string): never => {
    throw new TextError(text('shell-quote-open', { line: line(), quote }));
  };
  const readUntil = (end: string) => {
    const close = command.indexOf(end, at);
    if (close < 0) open(end);
    const inside = command.slice(at, close);
    at = close + 1;
    return inside;
  };
  const refuseExpansion = () => {
    const expansion = /^(\$[A-Za-z_{(][^\s"']*|`[^`]*`?)/.exec(command.slice(at))?.[0];
    if (expansion !== undefined) refuse(expansion);
  };
  const readDoubleQuoted = () => {
    let inside = '';
    for (;;) {
      const character = command[at];
      if (character === undefined) open('"');
      if (character === '"') break;
      if (character === '\\') {
        const next = command[at + 1] ?? '';
        at += 2;
        // A shell removes the backslash only before these characters.
        if (next !== '\n') inside += '"\\$`'.includes(next) ? next : `\\${next}`;
        continue;
      }
      refuseExpansion();
      inside += character;
      at++;
    }
    at++;
    return inside;
  };
  const readEscaped = () => {
    let inside = '';
    for (;;) {
      const character = command[at];
      if (character === undefined) open("$'");
      at++;
      if (character === "'") return inside;
      if (character !== '\\') {
        inside += character;
        continue;
      }
      const [whole = '', hex, octal] = /^(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2})|.)/s.exec(command.slice(at)) ?? [];
      at += whole.length;
      const code = hex ?? octal;
      inside += code === undefined ? (escapes[whole] ?? whole) : String.fromCharCode(Number.parseInt(code, 16));
    }
  };

  while (at < command.length) {
    const character = command[at] as string;
    if (word === undefined && character === '#') {
      const end = command.indexOf('\n', at);
      at = end < 0 ? command.length : end;
      continue;
    }
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
      if (character === '\n' && words.length > 0) break;
      continue;
    }
    if (commandEnds.has(character)) break;
    if (command.startsWith("$'", at)) {
      at += 2;
      word = (word ?? '') + readEscaped();
      continue;
    }
    refuseExpansion();
    at++;
    if (character === "'") word = (word ?? '') + readUntil("'");
    else if (character === '"') word = (word ?? '') + readDoubleQuoted();
    else if (character === '\\') {
      const next = command[at] ?? '';
      at++;
      if (next !== '\n') word = (word ?? '') + next;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}
