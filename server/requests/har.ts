import Type, { type Static } from 'typebox';
import { findProblem } from '../schemas/problem.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import type { WrittenRequest } from './written-request.js';

const Entry = Type.Object({
  request: Type.Object({
    method: Type.String(),
    url: Type.String(),
    headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
    postData: Type.Optional(Type.Object({ text: Type.Optional(Type.String()) })),
  }),
});
const Har = Type.Object({ log: Type.Object({ entries: Type.Array(Entry) }) });

/** Each request is verified, and a wrong signature takes milliseconds. */
const maxRequests = 200;

/** Reads the requests of a HAR file that have a Signature header. One entry alone is taken too. @throws TextError */
export function readHar(written: string): readonly WrittenRequest[] {
  const har = parse(written);
  const entries = entriesOf(har);
  const requests = entries.map(requestOf).filter(({ headers }) => Object.keys(headers).some((name) => /^signature$/i.test(name)));
  if (requests.length === 0) throw new TextError(text('har-without-signature', { count: entries.length }));
  if (requests.length > maxRequests) throw new TextError(text('har-too-long', { count: requests.length, max: maxRequests }));
  return requests;
}

function entriesOf(har: unknown): readonly Static<typeof Entry>[] {
  if (findProblem(Entry, har) === undefined) return [har as Static<typeof Entry>];
  if (findProblem(Har, har) === undefined) return (har as Static<typeof Har>).log.entries;
  throw new TextError(text('request-json-not-har'));
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    throw new TextError(text('request-json-broken', { problem: (error as Error).message.slice(0, 120) }));
  }
}

function requestOf({ request: { method, url, headers, postData } }: Static<typeof Entry>): WrittenRequest {
  return {
    method,
    target: url,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: postData?.text ?? '',
  };
}
