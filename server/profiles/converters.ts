import { createHash } from 'node:crypto';
import { formatTime } from '../clock/time.js';

/** The wallet's settings that converters need. */
export interface ConverterContext {
  /** The wallet's offset from UTC, `+08:00`. */
  timeOffset: string;
  /** The emulator's address, for links to files that it serves. */
  baseUrl: string;
}

/** The context of one wallet. */
export function converterContext({ timeOffset }: { timeOffset: string }, baseUrl: () => string): ConverterContext {
  return { timeOffset, baseUrl: baseUrl() };
}

type Converter = (value: unknown, context: ConverterContext) => unknown;

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The converters of a tree, by name: `$user.birthday | epoch-ms`. A converter is never called without a value. */
export const converters: Readonly<Record<string, Converter>> = {
  /** Milliseconds since the epoch → RFC 3339 in the wallet's offset. */
  time: (value, { timeOffset }) => (isInstant(Number(value)) ? formatTime(Number(value), timeOffset) : undefined),
  /** The same with milliseconds: `2019-05-28T12:12:12.000+08:00`. */
  'time-ms': (value, { timeOffset }) =>
    isInstant(Number(value)) ? formatTime(Number(value), timeOffset, { milliseconds: true }) : undefined,
  /** Milliseconds since the epoch → RFC 3339 in UTC: `2019-05-28T04:12:12Z`. */
  'time-utc': (value) => (isInstant(Number(value)) ? formatTime(Number(value), 'Z') : undefined),
  /** The same with milliseconds: `2019-05-28T04:12:12.000Z`. */
  'time-utc-ms': (value) => (isInstant(Number(value)) ? formatTime(Number(value), 'Z', { milliseconds: true }) : undefined),
  /** An instant or a date → milliseconds since the epoch, as a string. */
  'epoch-ms': (value) => (isInstant(instantOf(value)) ? String(instantOf(value)) : undefined),
  /** An instant or a date → whole seconds since the epoch, as a string. */
  'epoch-s': (value) => (isInstant(instantOf(value)) ? String(Math.floor(instantOf(value) / 1000)) : undefined),
  /** A phone number or an e-mail address with its middle hidden. */
  mask: (value) => mask(String(value)),
  /** SHA-256 in hexadecimal. */
  hash: (value) => createHash('sha256').update(String(value)).digest('hex'),
  /** A country's code (ISO 3166-1 alpha-2) → its name in English. Any other value stays as it is. */
  'country-name': (value) => (/^[A-Z]{2}$/.test(String(value)) ? countryNames.of(String(value)) : value),
  /** The path of a file that the emulator serves → its address; a full address stays as it is. */
  url: (value, { baseUrl }) =>
    /^[a-z][a-z0-9+.-]*:/i.test(String(value))
      ? value
      : `${baseUrl}/wallet/files/${encodeURI(String(value).replace(/^\/+/, ''))}`,
  /** Digits → a number; other values have none. */
  number: (value) => (/^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : undefined),
  /** A number or a truth value → text; other values stay as they are. */
  text: (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  /** A value → JSON text. */
  json: (value) => JSON.stringify(value),
  /** The first of a list. */
  first: (value) => (Array.isArray(value) ? value[0] : value),
  /** Removes every extendInfo, at any depth. */
  'without-extend-info': withoutExtendInfo,
};

function instantOf(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(String(value));
}

function isInstant(at: number): boolean {
  return !Number.isNaN(new Date(at).getTime());
}

/** A phone number or an e-mail address with its middle hidden: `138****0000`, `m***@example.com`. */
export function mask(value: string): string {
  const atSign = value.indexOf('@');
  if (atSign > 0) return `${value.slice(0, 1)}***${value.slice(atSign)}`;
  if (value.length < 8) return `${value.slice(0, 1)}***`;
  return `${value.slice(0, -8)}****${value.slice(-4)}`;
}

function withoutExtendInfo(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExtendInfo);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'extendInfo')
      .map(([key, item]) => [key, withoutExtendInfo(item)]),
  );
}
