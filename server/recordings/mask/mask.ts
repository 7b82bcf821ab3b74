import { isUtf8 } from 'node:buffer';
import { isJson } from '../../files/is-json.js';
import type { Header } from '../exchange.js';
import { mapJson } from './map-json.js';
import { Pseudonyms } from './pseudonyms.js';
import {
  isBirthField,
  isCommonWord,
  isListed,
  isNumberField,
  isResultMessage,
  isSafeHeader,
  isSentenceField,
  isTimeField,
} from './safe-values.js';
import { dateForm, isTimeOfCall } from './times.js';

export interface MaskOptions {
  /** The words of the wallet: result codes, scopes, values of lists. They stay wherever they are. */
  words(): ReadonlySet<string>;
  /** The host of the platform, which stays. */
  host: string;
}

/** Values in values, such as JSON in an address in JSON, are masked up to this depth. Deeper ones lose their form. */
const maxDepth = 6;
/** A shorter word of the wallet, such as the status S, can be part of anything. */
const minWordLength = 3;
const jwt = /^[\w-]{4,}\.[\w-]{4,}\.[\w-]*$/;
const base64 = /^[\w+/-]{8,}={0,2}$/;
const form = /^[\w.[\]-]+=[^&\s]*(?:&[\w.[\]-]+=[^&\s]*)+$/;
const address = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
/** A segment of a path that names an operation, and not a thing. */
const pathWord = /^[A-Za-z][A-Za-z_.-]{0,40}\d{0,2}(?:\.[A-Za-z]{1,8})?$/;
/** The name of a field, and not a value in its place. */
const fieldName = /^[@$A-Za-z_](?!.*\d{4})[\w.$-]{0,60}$/;
/** A shorter value can be part of anything. */
const minNameLength = 6;
/** A time in a sentence, an element of a page, or a word. */
const inText =
  /(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)|(<\/?[a-z][a-z0-9]*)|[^\s"'(),;:=<>{}[\]/]+/gi;
/** A word in small letters. */
const smallWord = /^\p{Ll}{1,24}$/u;
/** A word with a capital at its start: at the start of a sentence it is no name. */
const capitalWord = /^\p{Lu}\p{Ll}{1,24}$/u;

/** Masks the values of one recording: equal values stay equal in all its bodies, headers and addresses. */
export class Mask {
  readonly #options: MaskOptions;
  readonly #names: Pseudonyms;
  /** The names of fields that stayed. */
  readonly #fields = new Set<string>();
  /** The words of masked values, in small letters. */
  readonly #personal = new Set<string>();
  /** The time of the call, in milliseconds since the epoch. */
  #at = 0;
  #depth = 0;

  constructor(options: MaskOptions) {
    this.#options = options;
    this.#names = new Pseudonyms((value) => value.length >= minWordLength && (this.#isWord(value) || isCommonWord(value)));
  }

  /** Sets the time of the call whose values are masked next. */
  setTime(at: number): void {
    this.#at = at;
  }

  /** A value of a field. */
  value(name: string, value: string): string {
    if (value === '' || this.#isWord(value) || isListed(name, value)) return value;
    if (!isBirthField(name) && isTimeOfCall(value, this.#at, isTimeField(name))) return value;
    if (this.#depth < maxDepth) {
      this.#depth++;
      const masked = this.#compound(value);
      this.#depth--;
      if (masked !== undefined) return masked;
    }
    if (isResultMessage(name)) return this.#message(value);
    if (isSentenceField(name) && /\s/.test(value)) return this.text(value);
    for (const word of value.match(/\p{L}{3,}/gu) ?? []) this.#personal.add(word.toLowerCase());
    const date = dateForm(value);
    return date === undefined ? this.#names.of(value) : this.#names.ofDate(value, date);
  }

  /** A sentence or a page. The words that any platform uses stay, and the names of elements. */
  text(value: string): string {
    return this.#mapWords(value, () => false);
  }

  /** A sentence about a call that was masked: it has the values of the call as the call has them now. Its other words stay. */
  sentence(value: string): string {
    return value.replace(inText, (found) => {
      const bare = withoutEndMarks(found);
      const isOfCall = this.#isKnown(bare) || this.#personal.has(bare.toLowerCase());
      return isOfCall ? this.value('', bare) + found.slice(bare.length) : found;
    });
  }

  /** The message of a result: its ordinary words stay too, unless the recording has them as data of a person. */
  #message(value: string): string {
    return this.#mapWords(value, (word, before) => {
      const isOrdinary = smallWord.test(word) || (capitalWord.test(word) && /(?:^|[.!?:]\s+)$/.test(before));
      return isOrdinary && !this.#personal.has(word.toLowerCase());
    });
  }

  /** @param stays returns true for a word that stays, by the text before it */
  #mapWords(value: string, stays: (word: string, before: string) => boolean): string {
    return value.replace(inText, (found, time: string | undefined, element: string | undefined, at: number) => {
      if (time !== undefined) return this.value('', time);
      if (element !== undefined) return element;
      const bare = withoutEndMarks(found);
      const isKnown = this.#isWord(bare) || isCommonWord(bare) || this.#fields.has(bare);
      return isKnown || stays(bare, value.slice(0, at)) ? found : this.value('', bare) + found.slice(bare.length);
    });
  }

  body(body: Buffer): Buffer {
    if (body.length === 0) return body;
    if (!isUtf8(body)) return Buffer.alloc(body.length);
    const written = body.toString();
    const masked = this.#json(written) ?? (form.test(written) ? this.#form(written) : this.text(written));
    return Buffer.from(masked);
  }

  header([name, value]: Header): Header {
    if (isSafeHeader(name)) return [name, value];
    switch (name.toLowerCase()) {
      case 'signature':
        return [name, this.#signature(value)];
      case 'authorization':
        return [name, this.#credentials(name, value)];
      case 'cookie':
      case 'set-cookie':
        return [name, this.#cookie(value)];
      default:
        return [name, this.value(name, value)];
    }
  }

  /** The address of a request. Its host and the words of its path stay. @param isPlatform false: the host is masked too */
  url(url: string, isPlatform: boolean): string {
    return this.#address(url, isPlatform ? 'request' : 'other') ?? this.#names.of(url);
  }

  #isWord(value: string): boolean {
    return value.length >= minWordLength && this.#options.words().has(value);
  }

  /** A value that has others in it. @returns undefined if it is none */
  #compound(value: string): string | undefined {
    return (
      this.#json(value) ??
      (jwt.test(value) ? this.#jwt(value) : undefined) ??
      (base64.test(value) ? this.#base64(value) : undefined) ??
      this.#address(value, 'value') ??
      (form.test(value) ? this.#form(value) : undefined)
    );
  }

  /** @returns undefined if the text is no JSON object or list */
  #json(text: string): string | undefined {
    if (!/^\ufeff?\s{0,100}[{[]/.test(text) || !isJson(text.replace(/^\ufeff/, ''))) return undefined;
    return mapJson(text, {
      string: (name, value) => this.value(name, value),
      number: (name, written) => this.#number(name, written),
      name: (name) => this.#fieldName(name),
    });
  }

  /** The name of a field stays, unless it is a value in the place of one. */
  #fieldName(name: string): string {
    if (!this.#fields.has(name) && (!fieldName.test(name) || this.#isKnown(name))) return this.#names.of(name);
    this.#fields.add(name);
    return name;
  }

  #isKnown(value: string): boolean {
    return value.length >= minNameLength && this.#names.has(value);
  }

  #number(name: string, written: string): string {
    if (isNumberField(name)) return written;
    const end = written.search(/[.eE]/);
    const [whole, rest] = end < 0 ? [written, ''] : [written.slice(0, end), written.slice(end)];
    if (!isBirthField(name) && isTimeOfCall(whole, this.#at, isTimeField(name))) return written;
    const sign = whole.startsWith('-') ? '-' : '';
    // The digits after the point, without the exponent: another one would be another kind of number.
    const fraction = rest.replace(/^\.\d+/, (digits) => `.${this.#names.of(digits.slice(1))}`);
    return sign + this.#names.of(whole.slice(sign.length)) + fraction;
  }

  #jwt(value: string): string | undefined {
    const [header = '', payload = '', signature = ''] = value.split('.');
    const parts = [header, payload].map((part) => this.#base64(part));
    return parts.includes(undefined) ? undefined : `${parts.join('.')}.${this.#names.of(signature)}`;
  }

  /** @returns undefined if the value is not JSON in Base64 */
  #base64(value: string): string | undefined {
    const bytes = Buffer.from(value, 'base64');
    const masked = isUtf8(bytes) ? this.#json(bytes.toString()) : undefined;
    if (masked === undefined) return undefined;
    const encoded = Buffer.from(masked).toString(/[+/=]/.test(value) ? 'base64' : 'base64url');
    return value.endsWith('=') || bytes.length % 3 === 0 ? encoded : encoded.replaceAll('=', '');
  }

  /** @param kind of a request, its path names an operation; the host of a value stays only if it is the platform's or this machine */
  #address(value: string, kind: 'request' | 'other' | 'value'): string | undefined {
    const [, scheme, authority = '', path = '', query = '', fragment = ''] = address.exec(value) ?? [];
    if (scheme === undefined) return undefined;
    const segments = path.split('/').map((segment) => {
      const isWord = kind !== 'value' && pathWord.test(segment) && !this.#isKnown(segment);
      return isWord ? segment : this.#encoded('', segment);
    });
    const rest = query === '' ? '' : `?${this.#form(query.slice(1))}`;
    const end = fragment === '' ? '' : `#${this.#form(fragment.slice(1))}`;
    return scheme + (kind === 'request' ? authority : this.#authority(authority)) + segments.join('/') + rest + end;
  }

  #authority(authority: string): string {
    const [, user = '', host = '', port = ''] = /^(.*@)?(.*?)(:\d+)?$/s.exec(authority) ?? [];
    const stays = host === this.#options.host || loopback.test(host);
    return this.#names.of(user) + (stays ? host : this.#names.of(host)) + port;
  }

  /** Fields of a form, or the query of an address. */
  #form(fields: string): string {
    return fields
      .split('&')
      .map((field) => {
        const equals = field.indexOf('=');
        if (equals < 0) return this.#encoded('', field);
        const name = field.slice(0, equals);
        return `${fieldName.test(name) ? name : this.#encoded('', name)}=${this.#encoded(name, field.slice(equals + 1))}`;
      })
      .join('&');
  }

  /** A value that is percent-encoded, if it needs to be. */
  #encoded(name: string, written: string): string {
    const decoded = decode(written);
    const masked = this.value(name, decoded);
    if (masked === decoded) return written;
    const encoded = encodeURIComponent(masked);
    return written.includes('+') && !written.includes('%20') ? encoded.replaceAll('%20', '+') : encoded;
  }

  /** The value of a Signature header: the algorithm and the version of the key stay. */
  #signature(header: string): string {
    return header.replace(/(signature\s{0,9}=\s{0,9})([^,\s]+)/i, (_, before: string, value: string) => {
      const isPercent = value.includes('%');
      const masked = this.#names.of(isPercent ? decode(value) : value);
      return before + (isPercent ? encodeURIComponent(masked) : masked);
    });
  }

  /** The value of an Authorization header: the name of the scheme stays. */
  #credentials(name: string, value: string): string {
    const space = value.indexOf(' ') + 1;
    return value.slice(0, space) + this.value(name, value.slice(space));
  }

  #cookie(header: string): string {
    return header
      .split(';')
      .map((pair) => {
        const equals = pair.indexOf('=') + 1;
        const name = pair.slice(0, equals - 1).trim();
        if (equals === 0) return /^\s?(?:secure|httponly|partitioned)$/i.test(pair) ? pair : this.value('', pair);
        if (/^(?:path|expires|max-age|samesite)$/i.test(name)) return pair;
        return pair.slice(0, equals) + this.value(name, pair.slice(equals));
      })
      .join(';');
  }
}

function withoutEndMarks(word: string): string {
  let end = word.length;
  while (end > 0 && '.!?'.includes(word[end - 1] as string)) end--;
  return word.slice(0, end);
}

function decode(written: string): string {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '));
  } catch {
    return written;
  }
}
