import Type, { type Static } from 'typebox';
import { findProblem, problemText } from '../schemas/problem.js';
import { TextError } from '../texts/text-error.js';
import type { Header } from './exchange.js';

/** The parts of an entry without which it is no call. The tools leave out or misspell any other part. */
const Call = Type.Object({ request: Type.Object({ method: Type.String(), url: Type.String() }) });
const Log = Type.Object({ log: Type.Object({ entries: Type.Array(Type.Unknown()) }) });

/** An entry of a HAR file. Only the method and the address are checked. */
export interface HarEntry {
  startedDateTime?: unknown;
  time?: unknown;
  request: Static<typeof Call>['request'] & { headers?: unknown; postData?: unknown };
  response?: unknown;
  _billetera?: unknown;
}

/**
 * The entries of a HAR file (http://www.softwareishard.com/blog/har-12-spec/). One entry alone is taken too, because browsers copy one.
 * @param har the parsed file
 * @returns undefined if it is not HAR
 * @throws TextError if an entry has no method or no address
 */
export function harEntries(har: unknown): HarEntry[] | undefined {
  if (findProblem(Call, har) === undefined) return [har as HarEntry];
  if (findProblem(Log, har) !== undefined) return undefined;
  return (har as Static<typeof Log>).log.entries.map(checkedEntry);
}

function checkedEntry(entry: unknown, index: number): HarEntry {
  const problem = findProblem(Call, entry);
  if (problem === undefined) return entry as HarEntry;
  const place = ['log.entries', index, ...(problem.path === '' ? [] : [problem.path])].join('.');
  throw new TextError(problemText({ ...problem, path: place }, 'the-file'));
}

/** The headers of a request or a response of an entry. HTTP/2 has names that begin with a colon, which are no headers. */
export function harHeaders(headers: unknown): Header[] {
  if (!Array.isArray(headers)) return [];
  return headers.flatMap((header): Header[] => {
    const { name, value } = Object(header);
    const isHeader = typeof name === 'string' && name !== '' && !name.startsWith(':') && isWritten(value);
    return isHeader ? [[name, String(value)]] : [];
  });
}

function isWritten(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** The body of a request: its text, in Base64 if it says so, or the fields of its form. */
export function harRequestBody(postData: unknown): Buffer {
  const { text, params } = Object(postData);
  if (typeof text === 'string' && (text !== '' || !Array.isArray(params))) return harText(postData);
  if (!Array.isArray(params)) return Buffer.alloc(0);
  const fields = params.flatMap((param): [string, string][] => {
    const { name, value = '' } = Object(param);
    return typeof name === 'string' && isWritten(value) ? [[name, String(value)]] : [];
  });
  return Buffer.from(new URLSearchParams(fields).toString());
}

/** A text of an entry, in Base64 if it says so. */
export function harText(content: unknown): Buffer {
  const { text, encoding } = Object(content);
  if (typeof text !== 'string') return Buffer.alloc(0);
  return Buffer.from(text, String(encoding).toLowerCase() === 'base64' ? 'base64' : 'utf8');
}
