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
  return new CommandReader(command).words();
}

/** Reads a command from left to right. */
class CommandReader {
  readonly #command: string;
  #at = 0;

  constructor(command: string) {
    this.#command = command;
  }

  words(): string[] {
    const words: string[] = [];
    let word: string | undefined;
    while (this.#at < this.#command.length) {
      const character = this.#command[this.#at] as string;
      if (commandEnds.has(character)) break;
      if (word === undefined && character === '#') {
        this.#skipComment();
        continue;
      }
      // A backslash at the end of a line joins it with the next one.
      if (this.#command.startsWith('\\\n', this.#at)) {
        this.#at += 2;
        continue;
      }
      if (!/\s/.test(character)) {
        word = (word ?? '') + this.#readPart(character);
        continue;
      }
      if (word !== undefined) words.push(word);
      word = undefined;
      this.#at++;
      if (character === '\n' && words.length > 0) break;
    }
    if (word !== undefined) words.push(word);
    return words;
  }

  #skipComment(): void {
    const end = this.#command.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#command.length : end;
  }

  /** Reads a quoted part of a word, or one character. */
  #readPart(first: string): string {
    if (this.#command.startsWith("$'", this.#at)) {
      this.#at += 2;
      return this.#readEscaped();
    }
    this.#refuseExpansion();
    this.#at++;
    if (first === "'") return this.#readSingleQuoted();
    if (first === '"') return this.#readDoubleQuoted();
    return first === '\\' ? this.#readAfterBackslash() : first;
  }

  #readAfterBackslash(): string {
    const next = this.#command[this.#at] ?? '';
    this.#at++;
    return next;
  }

  #readSingleQuoted(): string {
    const close = this.#command.indexOf("'", this.#at);
    if (close < 0) this.#refuseOpenQuote("'");
    const inside = this.#command.slice(this.#at, close);
    this.#at = close + 1;
    return inside;
  }

  #readDoubleQuoted(): string {
    let inside = '';
    for (;;) {
      const character = this.#command[this.#at];
      if (character === undefined) this.#refuseOpenQuote('"');
      if (character === '\\') {
        const next = this.#command[this.#at + 1] ?? '';
        this.#at += 2;
        // A shell removes the backslash only before these characters.
        if (next !== '\n') inside += '"\\$`'.includes(next) ? next : `\\${next}`;
        continue;
      }
      if (character !== '"') this.#refuseExpansion();
      this.#at++;
      if (character === '"') return inside;
      inside += character;
    }
  }

  /** Reads the rest of a `$'…'` string of bash, with its escapes. */
  #readEscaped(): string {
    let inside = '';
    for (;;) {
      const character = this.#command[this.#at];
      if (character === undefined) this.#refuseOpenQuote("$'");
      this.#at++;
      if (character === "'") return inside;
      if (character !== '\\') {
        inside += character;
        continue;
      }
      const rest = this.#command.slice(this.#at);
      const [whole = '', hex, octal] = /^(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2})|.)/s.exec(rest) ?? [];
      this.#at += whole.length;
      const code = hex ?? octal;
      inside += code === undefined ? (escapes[whole] ?? whole) : String.fromCharCode(Number.parseInt(code, 16));
    }
  }

  #refuseExpansion(): void {
    const expansion = /^(\$[A-Za-z_{(][^\s"']*|`[^`]*`?)/.exec(this.#command.slice(this.#at))?.[0];
    if (expansion !== undefined) throw new TextError(text('shell-value-unknown', { line: this.#line(), what: expansion }));
  }

  #refuseOpenQuote(quote: string): never {
    throw new TextError(text('shell-quote-open', { line: this.#line(), quote }));
  }

  #line(): number {
    return this.#command.slice(0, this.#at).split('\n').length;
  }
}
