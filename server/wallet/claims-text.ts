import { catalogue, phrase } from '../pages/catalogues.js';

/** One piece of a user's data, in words for the user. */
export interface Fact {
  /** Null if the locale has no word for it. */
  label: string | null;
  text: string;
  /** True if the text is the address of a picture. */
  picture: boolean;
}

type Item = Readonly<Record<string, unknown>>;
type Scalar = string | number | boolean;

/**
 * A user's claims in a language, one entry per fact. Fields that only programs need are left out. A fact that two fields give, such as
 * birthday and birthDate, is listed once. So is a part of another fact, such as the given name beside the full name.
 */
export function claimsInWords(claims: Item, lang: string): Fact[] {
  const facts = Object.entries(claims)
    .filter(([key]) => !isForMachines(key))
    .flatMap(([key, claim]) => [claim].flat(1).map((value) => ({ key, ...fact(key, value, lang) })))
    .filter(({ text }) => text !== '');
  return facts
    .filter(({ label, text }, index) => facts.findIndex((other) => other.label === label && other.text === text) === index)
    .filter((part) => !facts.some((whole) => whole.text !== part.text && isPart(part, whole)))
    .map(({ key: _, ...rest }) => rest);
}

/** Returns true for a part of a name, and for a value that another fact with the same label has among others. */
function isPart({ key, label, text }: Fact & { key: string }, whole: Fact): boolean {
  if (nameOrder.includes(key)) return ` ${whole.text} `.includes(` ${text} `);
  return label === whole.label && whole.text.split(separator).includes(text);
}

/** Stands between the values of one fact. */
const separator = ' · ';

/** A date in words. @param day `YYYY-MM-DD` or milliseconds since the epoch; any other text is returned unchanged */
export function dayInWords(day: string, lang: string): string {
  const date = new Date(/^-?\d+$/.test(day) ? Number(day) : day);
  return Number.isNaN(date.getTime()) ? day : new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

function fact(key: string, value: unknown, lang: string): Fact {
  if (isScalar(value)) {
    const text = scalarInWords(key, value, lang);
    return { label: word(lang, key), text, picture: isPicture(key, text) };
  }
  if (typeof value !== 'object' || value === null) return { label: null, text: '', picture: false };
  const item = value as Item;
  return { label: labelOf(key, item, lang), text: textOf(key, item, lang), picture: false };
}

/** Contacts, login ids and addresses are labelled by their types. */
function labelOf(key: string, item: Item, lang: string): string | null {
  const [, type] = Object.entries(item).find(([name, value]) => name.endsWith('Type') && typeof value === 'string') ?? [];
  const ofType = type === undefined ? null : word(lang, `types.${type}`);
  if (ofType !== null && isAddress(key)) return `${word(lang, 'address')} (${ofType})`;
  if (ofType !== null) return ofType;
  const parts = Object.keys(item).filter((name) => !isForMachines(name));
  return (parts.length === 1 ? word(lang, parts[0] as string) : null) ?? word(lang, key);
}

function textOf(key: string, item: Item, lang: string): string {
  if (typeof item.fullName === 'string') return item.fullName;
  const first: readonly string[] = isAddress(key) ? addressLine : key.startsWith('userName') ? nameOrder : [];
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);
  const parts = Object.entries(item)
    .filter((part): part is [string, Scalar] => !isForMachines(part[0]) && isScalar(part[1]))
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, value]) => scalarInWords(name, value, lang));
  return [...new Set(parts)].filter(Boolean).join(isAddress(key) ? ', ' : first === nameOrder ? ' ' : separator);
}

/** English name → code of each country. A wallet can send the name. */
const countryCodes: ReadonlyMap<string, string> = (() => {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return new Map(codes.flatMap((code) => (names.of(code) === undefined ? [] : [[names.of(code) as string, code]])));
})();

const nameOrder = ['firstName', 'secondName', 'thirdName', 'lastName'];
const addressLine = ['contactName', 'address1', 'address2', 'area', 'zipCode', 'city', 'state', 'region'];

function scalarInWords(key: string, value: Scalar, lang: string): string {
  const text = String(value);
  if (/^birth(day|date)$/i.test(key)) return dayInWords(text, lang);
  if (/^(nationality|country|region)$/.test(key)) return countryInWords(text, lang);
  return word(lang, `values.${key}.${text}`) ?? text;
}

/** @param country its code (ISO 3166-1 alpha-2) or its English name; any other text is returned unchanged */
function countryInWords(country: string, lang: string): string {
  const code = /^[A-Z]{2}$/.test(country) ? country : countryCodes.get(country);
  return (code && new Intl.DisplayNames(lang, { type: 'region' }).of(code)) ?? country;
}

function isPicture(key: string, text: string): boolean {
  return /(avatar|logo|photo|picture|image)$/i.test(key) && /^(https?:\/\/|data:image\/)/i.test(text);
}

function isAddress(key: string): boolean {
  return key === 'addresses' || key === 'address';
}

function isForMachines(key: string): boolean {
  return key === 'userId' || key === 'extendInfo' || key.endsWith('Type');
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function word(lang: string, key: string): string | null {
  return phrase(catalogue(lang), `claims.${key}`) ?? null;
}
