import { isJson } from '../files/is-json.js';
import { type Text, text } from '../texts/text.js';

/** The form of a string, if it tells more than "some text". */
export type Form =
  /** An ISO 8601 time. `offset` as written: `+08:00`, `+0800`, `Z`, or empty if it has none. */
  | { kind: 'time'; fraction: number; offset: string }
  | { kind: 'epoch-ms' }
  | { kind: 'epoch-s' }
  /** `pattern`: such as `YYYY-MM-DD`. */
  | { kind: 'date'; pattern: string }
  /** Its middle is hidden. */
  | { kind: 'masked' }
  /** A hash in hexadecimal. */
  | { kind: 'hash'; digits: number; letters: 'lower' | 'upper' }
  | { kind: 'jwt' }
  | { kind: 'address' }
  | { kind: 'mail' }
  /** An international number that begins with `+`. */
  | { kind: 'phone' }
  | { kind: 'digits' }
  | { kind: 'json' }
  /** One capital letter. */
  | { kind: 'letter' }
  /** Two capital letters, as a country's code has. */
  | { kind: 'two-letters' }
  | { kind: 'word'; letters: 'lower' | 'upper' | 'mixed' }
  | { kind: 'text' };

const time = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)?$/;
const hash = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;
const datePatterns: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\d$/, 'YYYY-MM-DD'],
  [/^\d{4}\/\d\d\/\d\d$/, 'YYYY/MM/DD'],
  [/^\d\d\/\d\d\/\d{4}$/, 'DD/MM/YYYY'],
  [/^\d\d-\d\d-\d{4}$/, 'DD-MM-YYYY'],
  [/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/, 'YYYYMMDD'],
];
/** Instants from 2001 to 2065: numbers of this size are times more often than ids. */
const [firstInstant, lastInstant] = [1e12, 3e12];

/** Finds out how a string is written. */
export function formOf(value: string): Form {
  const [, fraction = '', offset = ''] = time.exec(value) ?? [];
  if (time.test(value)) return { kind: 'time', fraction: fraction.length, offset };
  const [, pattern] = datePatterns.find(([form]) => form.test(value)) ?? [];
  if (pattern !== undefined) return { kind: 'date', pattern };
  if (/\*{2,}/.test(value)) return { kind: 'masked' };
  if (/^\d+$/.test(value)) return numberForm(value);
  if (hash.test(value) && /[a-f]/i.test(value) && !(/[a-f]/.test(value) && /[A-F]/.test(value)))
    return { kind: 'hash', digits: value.length, letters: /[a-f]/.test(value) ? 'lower' : 'upper' };
  if (/^[\w-]{8,}\.[\w-]{8,}\.[\w-]+$/.test(value)) return { kind: 'jwt' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return { kind: 'address' };
  if (/^[^@\s]+@[^@\s]+$/.test(value)) return { kind: 'mail' };
  if (/^\+\d+$/.test(value)) return { kind: 'phone' };
  if (/^[{[]/.test(value) && isJson(value)) return { kind: 'json' };
  if (/^[A-Z]$/.test(value)) return { kind: 'letter' };
  if (/^[A-Z]{2}$/.test(value)) return { kind: 'two-letters' };
  return wordForm(value);
}

function numberForm(value: string): Form {
  const number = Number(value);
  if (number >= firstInstant && number < lastInstant) return { kind: 'epoch-ms' };
  return { kind: number >= firstInstant / 1000 && number < lastInstant / 1000 ? 'epoch-s' : 'digits' };
}

function wordForm(value: string): Form {
  if (!/^[A-Za-z]+(?:_[A-Za-z]+)*$/.test(value)) return { kind: 'text' };
  if (value === value.toUpperCase()) return { kind: 'word', letters: 'upper' };
  return { kind: 'word', letters: value === value.toLowerCase() ? 'lower' : 'mixed' };
}

/** Forms of data that users choose themselves: a login id can be a number, a mail address or a name. */
const freeKinds = new Set<Form['kind']>(['text', 'word', 'mail', 'phone', 'digits', 'letter']);
const numberKinds = new Set<Form['kind']>(['digits', 'epoch-ms', 'epoch-s']);

/**
 * Returns true if a platform writes a value as the emulator does. Users differ, so a name, a number or an id has no form of its own.
 * @param emulator the emulator's users are known: a word in capitals is one of a list of values, and never a name
 */
export function isSameForm(platform: string, emulator: string): boolean {
  const [first, second] = [formOf(platform), formOf(emulator)];
  if (first.kind !== second.kind) return isFreeChange(first, second);
  if (second.kind === 'word') return isSameCase((first as typeof second).letters, second.letters);
  return JSON.stringify(first) === JSON.stringify(second);
}

function isFreeChange(platform: Form, emulator: Form): boolean {
  const kinds = [platform.kind, emulator.kind];
  if (kinds.includes('digits') && kinds.includes('phone')) return false;
  if (kinds.every((kind) => numberKinds.has(kind))) return kinds.includes('digits');
  if (emulator.kind === 'word' && emulator.letters === 'upper') return false;
  return kinds.every((kind) => freeKinds.has(kind));
}

function isSameCase(platform: 'lower' | 'upper' | 'mixed', emulator: 'lower' | 'upper' | 'mixed'): boolean {
  return emulator === 'mixed' || platform === emulator;
}

/** A form in words, such as "a time with the offset +08:00". */
export function formText(form: Form): Text {
  switch (form.kind) {
    case 'time': {
      const offset = form.offset === '' ? text('form-no-offset') : text('form-offset', { offset: form.offset });
      return form.fraction === 0 ? text('form-time', { offset }) : text('form-time-fraction', { digits: form.fraction, offset });
    }
    case 'date':
      return text('form-date', { pattern: form.pattern });
    case 'hash':
      return text(form.letters === 'lower' ? 'form-hash-lower' : 'form-hash-upper', { digits: form.digits });
    case 'word':
      return text(form.letters === 'upper' ? 'form-word-upper' : form.letters === 'lower' ? 'form-word-lower' : 'form-word');
    default:
      return text(`form-${form.kind}`);
  }
}
