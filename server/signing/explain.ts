import { createHash, type KeyObject } from 'node:crypto';
import { depthOf } from '../schemas/depth.js';
import type { ContentTemplate, SignedParts } from './content.js';
import { decodeSignature } from './encodings.js';
import { verifyContent } from './rsa.js';

/** One thing that a signer did otherwise than the protocol says. */
export interface SignatureMistake {
  code: string;
  message: string;
}

/** All that is known of a call whose signature does not verify. */
export interface SuspectCall {
  template: ContentTemplate;
  templateText: string;
  parts: SignedParts;
  body: Buffer;
  /** The request target as it was sent, with its query and a possible host. */
  target: string;
  host: string;
  prefix: string;
  signature: string;
  publicKey: KeyObject;
  /** Other times and client ids that the call carries, or nearly carries. */
  clientIds: readonly string[];
  /** Other keys that are registered here, by whom. */
  otherKeys: readonly { owner: string; key: KeyObject }[];
}

interface Attempt {
  code: string;
  message: string;
  content: Buffer;
}

const encodedTwice: SignatureMistake = {
  code: 'double-encoded',
  message: 'the signature is right, but was encoded twice: encode the raw bytes once',
};

/** How many explanations are worked out at once: each takes dozens of verifications, and calls that verify must not wait for them. */
const mostUnderway = 2;
let underway = 0;

const unexplained = {
  code: 'wrong-key',
  message:
    'no common mistake in the content explains it: most likely another private key was used than the one whose public half is registered',
};

/**
 * Finds out what a signer did wrong, by trying what people get wrong: each attempt is a content that would have verified.
 * It costs up to a few dozen verifications, and so is for refusals alone.
 */
export async function explainSignature(call: SuspectCall): Promise<SignatureMistake[]> {
  if (underway >= mostUnderway) return [unexplained];
  underway++;
  try {
    return await explain(call);
  } finally {
    underway--;
  }
}

async function explain(call: SuspectCall): Promise<SignatureMistake[]> {
  const right = call.template(call.parts, call.body);
  const bytes = decodeSignature(call.signature);
  if (bytes === undefined) {
    const percentTwice = decodeSignature(call.signature.replaceAll('%25', '%'));
    if (percentTwice !== undefined && (await verifyContent(right, percentTwice, call.publicKey))) return [encodedTwice];
    return [
      {
        code: 'not-base64',
        message: 'the signature is not Base64 in any of its three ways (percent-encoded, plain, base64url without padding)',
      },
    ];
  }
  for (const attempt of attempts(call)) {
    if (await verifyContent(attempt.content, bytes, call.publicKey)) return [{ code: attempt.code, message: attempt.message }];
  }
  const twice = decodeTwice(bytes);
  if (twice !== undefined && (await verifyContent(right, twice, call.publicKey))) return [encodedTwice];
  for (const { owner, key } of call.otherKeys) {
    if (await verifyContent(right, bytes, key))
      return [{ code: 'wrong-key', message: `the content is right, but was signed with the key of ${owner}` }];
  }
  const expected = call.publicKey.asymmetricKeyDetails?.modulusLength;
  if (expected !== undefined && bytes.length !== expected / 8) {
    return [
      {
        code: 'wrong-key',
        message: `the signature has ${bytes.length} bytes, and one by the registered key has ${expected / 8}: it was made with another key, or is no RSA signature`,
      },
    ];
  }
  return [unexplained];
}

function* attempts({ template, templateText, parts, body, target, host, prefix, clientIds }: SuspectCall): Generator<Attempt> {
  const vary = (changes: Partial<SignedParts>) => template({ ...parts, ...changes }, body);
  const right = template(parts, body);
  for (const [name, changed] of otherBodies(body)) {
    yield {
      code: 'body-changed',
      message: `the signed body is this JSON, but not these bytes (${name}): sign the very bytes that are sent`,
      content: template(parts, changed),
    };
  }
  if (prefix !== '' && parts.path.startsWith(prefix)) {
    yield {
      code: 'path-without-prefix',
      message: `the path was signed without its prefix ${prefix}`,
      content: vary({ path: parts.path.slice(prefix.length) }),
    };
  }
  const query = target.indexOf('?');
  if (query >= 0)
    yield {
      code: 'query-in-path',
      message: 'the query was signed along with the path: sign the path alone',
      content: vary({ path: parts.path + target.slice(query) }),
    };
  for (const scheme of ['https', 'http']) {
    yield {
      code: 'full-url',
      message: 'the full URL was signed: sign the path alone, without scheme and host',
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
        message: `the signed client id is not the Client-Id header's (${parts.clientId})`,
        content: vary({ clientId }),
      };
  }
  for (const time of otherTimes(parts.time)) {
    yield {
      code: 'time-mismatch',
      message: `the signed time is not the Request-Time header's (${parts.time}) as it was sent`,
      content: vary({ time }),
    };
  }
  for (const separated of otherSeparators(templateText, parts)) {
    yield {
      code: 'separator',
      message: `a separator is off: sign ${JSON.stringify(templateText)}, with one space, one line feed and two dots`,
      content: Buffer.concat([Buffer.from(separated), body]),
    };
  }
  yield {
    code: 'hashed-twice',
    message: 'the content was hashed before it was signed: RSA-SHA256 hashes by itself',
    content: createHash('sha256').update(right).digest(),
  };
  yield {
    code: 'hashed-twice',
    message: 'the hexadecimal hash of the content was signed: RSA-SHA256 hashes by itself',
    content: Buffer.from(createHash('sha256').update(right).digest('hex')),
  };
}

/** Longer and deeper bodies are not written again: indented, a deeply nested one grows by the square of its length. */
const longestRewritten = 16_384;
const deepestRewritten = 32;

function otherBodies(body: Buffer): [string, Buffer][] {
  const text = body.length > longestRewritten ? '' : body.toString();
  const rewritten = depthOf(text) > deepestRewritten ? [] : otherJson(text);
  const bytes: [string, Buffer][] = [
    ['a line feed at its end', Buffer.concat([body, Buffer.from('\n')])],
    ['no line feed at its end', Buffer.from(body.toString().trimEnd())],
    ['empty', Buffer.alloc(0)],
  ];
  return [...rewritten.map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]), ...bytes];
}

/** Other ways to write the same JSON; none where it is no JSON, or is nested too deeply to be written again. */
function otherJson(text: string): [string, string][] {
  try {
    const parsed: unknown = JSON.parse(text);
    const compact = JSON.stringify(parsed);
    return [
      ['written compactly', compact],
      ['indented by two', JSON.stringify(parsed, null, 2)],
      ['indented by four', JSON.stringify(parsed, null, 4)],
      ['a space after commas and colons', spaced(parsed)],
      ['keys sorted', JSON.stringify(sorted(parsed))],
      ['slashes escaped', compact.replaceAll('/', '\\/')],
    ];
  } catch {
    return [];
  }
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`)
    .join(', ')}}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

function otherTimes(time: string): string[] {
  const instant = /^\d+$/.test(time) ? Number(time) : Date.parse(time);
  if (Number.isNaN(instant)) return [''];
  const iso = new Date(instant).toISOString();
  return [
    '',
    String(instant),
    String(Math.floor(instant / 1000)),
    iso,
    `${iso.slice(0, 19)}Z`,
    `${iso.slice(0, 19)}+00:00`,
    time.slice(0, 19),
  ].filter((other) => other !== time);
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
    head.replace(/\.$/, ''),
    head.replaceAll('.', ''),
    head.replaceAll('.', '\n'),
    head.replaceAll('.', ','),
    head.replaceAll('.', ' '),
    head.replace('\n', '.'),
    head.replace(/\{method\}./, ''),
  ];
  return [...new Set(variants)].filter((variant) => variant !== head).map(fill);
}

function decodeTwice(bytes: Buffer): Buffer | undefined {
  const text = bytes.toString('latin1');
  return /^[\x20-\x7e]+$/.test(text) ? decodeSignature(text) : undefined;
}
