import { createHash } from 'node:crypto';
import { type Form, formOf } from './form-of.js';

/** A pseudonym that fits is searched for this many times. Only forms with few values need more than one try. */
const maxTries = 400;

/**
 * Gives values other ones of the same form: the same length, alphabet and format. Equal values get equal ones, and different values
 * different ones. A pseudonym depends only on the form and on how many values of this form came before, so it tells nothing about its
 * value, and masking a second time changes nothing.
 */
export class Pseudonyms {
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();
  readonly #isWord: (value: string) => boolean;

  /** @param isWord returns true for a value that is never masked, so that no pseudonym looks like one */
  constructor(isWord: (value: string) => boolean) {
    this.#isWord = isWord;
  }

  /** Returns true if the value has a pseudonym. */
  has(value: string): boolean {
    return this.#given.has(value);
  }

  /** The pseudonym of a value. A value without letters and digits stays. */
  of(value: string): string {
    const known = this.#given.get(value);
    if (known !== undefined) return known;
    const form = formOf(value);
    if (form.alphabets.every((alphabet) => alphabet.length === 0)) return value;
    return this.#give(
      value,
      form.key,
      (count) => written(value, form, count),
      (candidate) => formOf(candidate).key === form.key,
    );
  }

  /** A pseudonym of a date: a date of the same format, from 1950 to 2005. @param form of the date, such as YYYY-MM-DD */
  ofDate(value: string, form: string): string {
    return (
      this.#given.get(value) ??
      this.#give(
        value,
        form,
        (count) => writtenDate(value, form, count),
        () => true,
      )
    );
  }

  #give(value: string, key: string, write: (count: number) => string, fits: (candidate: string) => boolean): string {
    let count = this.#counts.get(key) ?? 0;
    let candidate = value;
    for (let tries = 0; tries < maxTries; tries++) {
      candidate = write(count++);
      if (!this.#taken.has(candidate) && !this.#isWord(candidate) && fits(candidate)) break;
    }
    this.#counts.set(key, count);
    this.#taken.add(candidate);
    this.#given.set(value, candidate);
    return candidate;
  }
}

function written(value: string, { key, alphabets }: Form, count: number): string {
  const characters = [...value];
  const numbers = numbersOf(key, count, characters.length);
  return alphabets
    .map((alphabet, at) => (alphabet.length === 0 ? characters[at] : alphabet[(numbers[at] as number) % alphabet.length]))
    .join('');
}

function writtenDate(value: string, form: string, count: number): string {
  const [year = 0, month = 0, day = 0, ...others] = numbersOf(form, count, value.length);
  const parts: Record<string, string> = {
    YYYY: String(1950 + (year % 56)),
    MM: String(1 + (month % 12)).padStart(2, '0'),
    DD: String(1 + (day % 28)).padStart(2, '0'),
    hh: String((others[0] ?? 0) % 24).padStart(2, '0'),
    mm: String((others[1] ?? 0) % 60).padStart(2, '0'),
    ss: String((others[2] ?? 0) % 60).padStart(2, '0'),
  };
  const date = form.replace(/YYYY|MM|DD|hh|mm|ss/g, (part) => parts[part] as string);
  return date.replace(/f/g, () => String((others.pop() ?? 0) % 10));
}

/** Numbers that are always the same for a key and a count. */
function numbersOf(key: string, count: number, length: number): number[] {
  const numbers: number[] = [];
  for (let block = 0; numbers.length < length; block++) {
    const hash = createHash('sha256').update(`${block} ${count} ${key}`).digest();
    for (let at = 0; at < hash.length; at += 2) numbers.push(hash.readUInt16BE(at));
  }
  return numbers;
}
