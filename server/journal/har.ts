import Type, { type Static } from 'typebox';
import type { Header } from '../recordings/exchange.js';
import { HarCall, harCall } from '../recordings/har-format.js';
import { OptionalText } from '../schemas/common.js';
import type { PresentedEntry, PresentedMessage } from './entry.js';

const HarEntry = Type.Object({
  ...HarCall.properties,
  comment: Type.String({ description: 'why it ended as it did, in a sentence' }),
  _id: Type.String({ description: 'the id of the journal entry' }),
  _kind: Type.String(),
  _operation: OptionalText,
  _resultCode: OptionalText,
  _scenario: OptionalText,
  _traceparent: OptionalText,
  _findings: Type.Array(Type.String()),
});
type HarEntry = Static<typeof HarEntry>;

export const Har = Type.Object(
  {
    log: Type.Object({
      version: Type.Literal('1.2'),
      creator: Type.Object({ name: Type.String(), version: Type.String() }),
      entries: Type.Array(HarEntry),
    }),
  },
  { description: 'HAR 1.2, oldest entry first. Fields that begin with _ are billetera’s own' },
);
export type Har = Static<typeof Har>;

/**
 * Journal entries as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/).
 * @param entries newest first
 * @param origin what the entries' paths follow, such as `http://127.0.0.1:4010`
 * @param version of the emulator
 */
export function harOf(entries: readonly PresentedEntry[], origin: string, version: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'billetera', version },
      entries: entries.map((entry) => harEntry(entry, origin)).reverse(),
    },
  };
}

function harEntry(entry: PresentedEntry, origin: string): HarEntry {
  const { id, kind, at, operation, method, path, status, resultCode, reason, durationMs, scenario, findings, traceparent } =
    entry;
  const request = { method, url: urlOf(path, origin).href, ...messageOf(entry.request) };
  return {
    ...harCall({ at, durationMs, request, response: { status, ...messageOf(entry.response) } }),
    comment: reason,
    _id: id,
    _kind: kind,
    ...(operation !== undefined && { _operation: operation }),
    ...(resultCode !== undefined && { _resultCode: resultCode }),
    ...(scenario !== undefined && { _scenario: scenario }),
    ...(traceparent !== undefined && { _traceparent: traceparent }),
    _findings: findings,
  };
}

/** The address of an entry. A notification has a whole one; the others have a path, which can be anything that a caller sends. */
function urlOf(path: string, origin: string): URL {
  if (/^https?:\/\//.test(path) && URL.canParse(path)) return new URL(path);
  const escaped = path.replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
  const address = `${origin}${escaped.startsWith('/') ? '' : '/'}${escaped}`;
  return new URL(URL.canParse(address) ? address : origin);
}

function messageOf({ headers, body }: PresentedMessage): { headers: Header[]; body: string } {
  const written = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((one): Header[] => (one === undefined ? [] : [[name, String(one)]])),
  );
  return { headers: written, body };
}
