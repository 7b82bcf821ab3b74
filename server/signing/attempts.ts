import { createHash, type KeyObject } from 'node:crypto';
import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import type { ContentTemplate, SignedParts } from './content.js';
import { otherBodies } from './other-bodies.js';

/** A call whose signature does not verify. */
export interface UnverifiedCall {
  template: ContentTemplate;
  templateText: string;
  parts: SignedParts;
  body: Buffer;
  /** The request target as it was sent, with its query, and its host if it has one. */
  target: string;
  host: string;
  prefix: string;
  signature: string;
  publicKey: KeyObject;
  /** Client ids that the signer may have used instead. */
  clientIds: readonly string[];
  /** Keys of other clients. */
  otherKeys: readonly { owner: string; key: KeyObject }[];
}

interface Attempt {
  code: SignatureMistakeCode;
  message: string;
  content: Buffer;
}

/** The contents that people sign by mistake, the most likely first. */
export function* attempts({
  template,
  templateText,
  parts,
  body,
  target,
  host,
  prefix,
  clientIds,
}: UnverifiedCall): Generator<Attempt> {
  const vary = (changes: Partial<SignedParts>) => template({ ...parts, ...changes }, body);
  const right = template(parts, body);
  for (const [name, changed] of otherBodies(body)) {
    yield {
      code: 'body-changed',
      message: `the signed body is the same JSON, but not the same bytes (${name}): sign the exact bytes that you send`,
      content: template(parts, changed),
    };
  }
  if (prefix !== '' && parts.path.startsWith(prefix)) {
    yield {
      code: 'path-without-prefix',
      message: `the path was signed without its prefix ${prefix}: sign the whole path`,
      content: vary({ path: parts.path.slice(prefix.length) }),
    };
  }
  const query = target.indexOf('?');
  if (query >= 0)
    yield {
      code: 'query-in-path',
      message: 'the query was signed decoded: sign the path alone, or the path and the query as they are sent',
      content: vary({ path: parts.path + decodedQuery(target.slice(query)) }),
    };
  for (const scheme of ['https', 'http']) {
    yield {
      code: 'full-url',
      message: 'the full URL was signed: sign the path only, without scheme and host',
      content: vary({ path: `${scheme}://${host}${parts.path}` }),
    };
  }
  for (const method of ['GET', 'PUT', 'post']) {
    if (method !== parts.method)
      yield {
        code: 'wrong-method',
        message: `the method was signed as ${method}: sign ${parts.method}`,
        content: vary({ method }),
      };
  }
  for (const clientId of clientIds) {
    if (clientId !== parts.clientId)
      yield {
        code: 'client-id-mismatch',
        message: `the signed client id differs from the header Client-Id (${parts.clientId})`,
        content: vary({ clientId }),
      };
  }
  for (const time of otherTimes(parts.time)) {
    yield {
      code: 'time-mismatch',
      message: `the signed time differs from the header Request-Time (${parts.time})`,
      content: vary({ time }),
    };
  }
  for (const separated of otherSeparators(templateText, parts)) {
    yield {
      code: 'separator',
      message: `a separator is wrong: sign ${JSON.stringify(templateText)}, with exactly these separators`,
      content: Buffer.concat([Buffer.from(separated), body]),
    };
  }
  yield {
    code: 'hashed-twice',
    message: 'the content was hashed before it was signed: RSA-SHA256 already hashes it',
    content: createHash('sha256').update(right).digest(),
  };
  yield {
    code: 'hashed-twice',
    message: 'the hexadecimal hash of the content was signed: RSA-SHA256 already hashes it',
    content: Buffer.from(createHash('sha256').update(right).digest('hex')),
  };
}

function decodedQuery(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

/** A client may read its clock twice, once to sign and once to send. Times this close to the sent one are tried. */
const maxSecondsApart = 5;
const maxMillisecondsApart = 25;
const minuteMs = 60_000;

/** The same instant in other forms and offsets, and close instants in the same form. */
function otherTimes(time: string): string[] {
  const instant = /^\d+$/.test(time) ? Number(time) : Date.parse(time);
  // A Date holds at most 8.64e15 ms (ECMAScript). One day less, because offsets are added.
  if (!(Math.abs(instant) < 8.64e15 - 24 * 60 * minuteMs)) return [''];
  const iso = new Date(instant).toISOString();
  const others = [
    '',
    String(instant),
    String(Math.floor(instant / 1000)),
    iso,
    `${iso.slice(0, 19)}Z`,
    `${iso.slice(0, 19)}+00:00`,
    time.slice(0, 19),
    ...closeBy(time, instant),
  ];
  return [...new Set(others)].filter((other) => other !== time);
}

function* closeBy(time: string, instant: number): Generator<string> {
  const form = /^(?:\d+|.{19}(\.\d+)?(Z|[+-]\d\d:?\d\d))$/.exec(time);
  if (form === null) return;
  const [, fraction, offset] = form;
  const write = (at: number, zone: number, written: string) => {
    const text = new Date(at + zone * minuteMs).toISOString();
    return text.slice(0, 19) + (fraction === undefined ? '' : text.slice(19, 23)) + written;
  };
  const own = offset === undefined || offset === 'Z' ? 0 : minutesOf(offset);
  const near = (at: number) => (offset === undefined ? String(at) : write(at, own, offset));
  for (let step = 1; step <= maxSecondsApart; step++) {
    yield near(instant + step * 1000);
    yield near(instant - step * 1000);
  }
  if (offset === undefined || fraction !== undefined) {
    for (let step = 1; step <= maxMillisecondsApart; step++) {
      yield near(instant + step);
      yield near(instant - step);
    }
  }
  if (offset === undefined) return;
  for (let hour = -12; hour <= 14; hour++) {
    for (const half of [0, 30]) {
      const zone = hour * 60 + half;
      const written = `${zone < 0 ? '-' : '+'}${String(Math.floor(Math.abs(zone) / 60)).padStart(2, '0')}`;
      yield write(instant, zone, `${written}:${String(Math.abs(zone) % 60).padStart(2, '0')}`);
    }
  }
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
}

function otherSeparators(templateText: string, parts: SignedParts): string[] {
  const head = templateText.slice(0, -'{body}'.length);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => parts[name as keyof SignedParts]);
  const variants = [
    head.replace('\n', ''),
    head.replace('\n', ' '),
    head.replace('\n', '\r\n'),
    head.replace('\n', '\\n'),
    head.replace('\n', '\n\n'),
    head.replace(' ', ''),
    head.replace(' ', '  '),
    head.replace(' ', '\n'),
    ...Array.from(head.matchAll(/\./g), ({ index }) => head.slice(0, index) + head.slice(index + 1)),
    head.replaceAll('.', ''),
    head.replaceAll('.', '\n'),
    head.replaceAll('.', ','),
    head.replaceAll('.', ' '),
    head.replace('\n', '.'),
    head.replace(/\{method\}./, ''),
  ];
  return [...new Set(variants)].filter((variant) => variant !== head).map(fill);
}
