/** The characters that may stand at one place of a value. An empty list: the character stays. */
export type Alphabet = readonly string[];

/** The form of a value. Two values with the same key have the same length, and the same kind of character at each place. */
export interface Form {
  key: string;
  alphabets: readonly Alphabet[];
}

const digits = [...'0123456789'];
const firstDigits = [...'123456789'];
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const smallLetters = [...'abcdefghijklmnopqrstuvwxyz'];
const hexCapitals = capitals.slice(0, 6);
const hexLetters = smallLetters.slice(0, 6);
const none: Alphabet = [];

/** Numbers that look like an instant from 2001 to 2065: in seconds, and in milliseconds. */
const instants = [
  [1e9, 3e9],
  [1e12, 3e12],
] as const;
const compactDate = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([1-8])[0-9a-f]{3}-([89ab])[0-9a-f]{3}-[0-9a-f]{12}$/i;
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/** Finds out how a value is written. */
export function formOf(value: string): Form {
  if (ipv4.test(value)) return ipv4Form(value);
  const isHex = isHexadecimal(value);
  const characters = [...value];
  const alphabets = characters.map((character) => alphabetOf(character, isHex));
  // Without a zero at the start, a string of digits can be the same value as a number.
  if (/^[1-9]\d*$/.test(value)) alphabets[0] = firstDigits;
  keepUuidVersion(value, alphabets);
  return {
    key: `${kindOf(value, isHex)} ${alphabets.map((alphabet, at) => alphabetKey(alphabet, characters[at] as string)).join('')}`,
    alphabets,
  };
}

/** Digits and the letters a to f in one case, at least eight characters: a hash, a UUID, an address of IPv6. */
function isHexadecimal(value: string): boolean {
  const isOneCase = /^[0-9a-f:-]+$/.test(value) || /^[0-9A-F:-]+$/.test(value);
  return isOneCase && value.length >= 8 && /\d/.test(value) && /[a-f]/i.test(value);
}

/** The version and the variant of a UUID stay. */
function keepUuidVersion(value: string, alphabets: Alphabet[]): void {
  if (!uuid.test(value)) return;
  alphabets[14] = none;
  alphabets[19] = none;
}

/** The first digit of a group with three digits stays, so that the group is at most 255 or as it was. */
function ipv4Form(value: string): Form {
  const alphabets = value.split('.').flatMap((group, index): Alphabet[] => {
    const dot = index === 0 ? [] : [none];
    if (group.length === 3) return [...dot, ['1'], digits, digits];
    return [...dot, ...(group.length === 2 ? [firstDigits, digits] : [digits])];
  });
  return { key: `ipv4 ${value.replace(/\d/g, '9')}`, alphabets };
}

function kindOf(value: string, isHex: boolean): string {
  if (isHex) return 'hex';
  if (compactDate.test(value)) return 'date';
  if (!/^[1-9]\d*$/.test(value)) return '';
  const number = Number(value);
  return instants.some(([first, last]) => number >= first && number < last) ? 'instant' : '';
}

function alphabetOf(character: string, isHex: boolean): Alphabet {
  if (character >= '0' && character <= '9') return digits;
  if (character >= 'a' && character <= 'z') return isHex ? hexLetters : smallLetters;
  if (character >= 'A' && character <= 'Z') return isHex ? hexCapitals : capitals;
  return character < '\u0080' ? none : neighbours(character);
}

/** A name of an alphabet in a key. A character that stays is its own name. */
function alphabetKey(alphabet: Alphabet, character: string): string {
  return alphabet.length === 0 ? character : `[${alphabet[0]}${alphabet.length}]`;
}

const categories = [/^\p{Lu}$/u, /^\p{Ll}$/u, /^\p{L}$/u, /^\p{Nd}$/u, /^\p{N}$/u, /^\p{M}$/u, /^\p{So}$/u];
const known = new Map<string, Alphabet>();

/** The characters of the same kind next to one that is not ASCII: of the same script, and with the same length in UTF-8 and UTF-16. */
function neighbours(character: string): Alphabet {
  const category = categories.find((pattern) => pattern.test(character));
  if (category === undefined) return none;
  const first = (character.codePointAt(0) as number) & ~0x3f;
  const key = `${first} ${category.source}`;
  const found = known.get(key) ?? Array.from({ length: 64 }, (_, at) => String.fromCodePoint(first + at)).filter(isOf(category));
  known.set(key, found);
  return found;
}

/** Letters that are also capital or small are not of the category of letters without case. */
function isOf(category: RegExp): (character: string) => boolean {
  return (character) => categories.find((pattern) => pattern.test(character)) === category;
}
