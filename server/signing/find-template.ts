import type { KeyObject } from 'node:crypto';
import { type ContentTemplate, compileContent, type SignedParts } from './content.js';
import { decodeSignature } from './encodings.js';
import { separatorVariants } from './head-changes.js';
import { openSignature } from './open-signature.js';
import type { OpenedSignature } from './opened-signature.js';

/** A signature whose content is not known, with everything that it may cover. */
export interface SignedMessage {
  /** The value in the Signature header, still encoded. */
  signature: string;
  /** Of a response: the path and the method of its request, and its own time. */
  parts: SignedParts;
  /** The request's address. */
  url: URL;
  /** The prefixes of the wallet's paths. */
  prefixes: readonly string[];
  body: Buffer;
}

/** `madeByKey` is false if the key did not make the signature. `template` is absent if the content is none that is known. */
export interface FoundTemplate {
  madeByKey: boolean;
  template?: string;
  /** The hash, such as SHA1, if it is not SHA-256. */
  hash?: string;
}

/** One search hashes at most this many bytes. A short content counts as more, because a hash has a fixed cost too. */
const maxHashedBytes = 64 * 2 ** 20;
const minCountedBytes = 512;

const separators = ['.', '\n', ' ', ',', '&', '|', ':', ';', '-', '_', '/', ''];
const parts = ['method', 'path', 'clientId', 'requestId', 'time'] as const;

/**
 * Finds the content that a signature covers, as a template like those of a profile. Other paths than the one that was called have names
 * of their own: `{pathWithoutPrefix}`, `{pathWithQuery}` and `{url}`, which profiles do not have.
 * @param known the templates that are tried first: those of the profile, and those that were found before
 * @param onlyKnown tries no others. The whole search takes up to a few tenths of a second
 */
export function findTemplate(
  message: SignedMessage,
  publicKey: KeyObject,
  known: readonly string[],
  onlyKnown = false,
): FoundTemplate {
  const bytes = decodeSignature(message.signature);
  const opened = bytes && openSignature(bytes, publicKey);
  if (opened === undefined) return { madeByKey: false };
  // Most calls of a recording sign what the call before signed, and the list of all candidates is long.
  const template =
    search(message, opened, [...new Set(known)]) ?? (onlyKnown ? undefined : search(message, opened, [...candidates(known)]));
  if (template === undefined) return { madeByKey: opened.certain };
  return { madeByKey: true, template, ...(opened.hash !== undefined && { hash: opened.hash }) };
}

function search(message: SignedMessage, opened: OpenedSignature, templates: readonly string[]): string | undefined {
  const compiled = new Map<string, ContentTemplate>();
  const paths = pathsOf(message);
  const cost = Math.max(message.body.length, minCountedBytes);
  let hashedBytes = 0;
  for (const [name, path] of paths) {
    for (const template of templates) {
      const hasPath = template.includes('{path}');
      if (name !== 'path' && !hasPath) continue;
      hashedBytes += cost;
      if (hashedBytes > maxHashedBytes) return undefined;
      const write = compiled.get(template) ?? compileContent(template);
      if (hasPath) compiled.set(template, write);
      if (opened.covers([write({ ...message.parts, path }, message.body)])) return template.replaceAll('{path}', `{${name}}`);
    }
  }
  return undefined;
}

/** The paths that a signature may cover, by their names in a template. The path itself comes first. */
function pathsOf({ parts: { path }, url, prefixes }: SignedMessage): Map<string, string> {
  const prefix = prefixes.find((one) => one !== '' && path.startsWith(`${one}/`));
  return new Map([
    ['path', path],
    ...(prefix === undefined ? [] : [['pathWithoutPrefix', path.slice(prefix.length)] as const]),
    ...(url.search === '' ? [] : [['pathWithQuery', path + url.search] as const]),
    ['url', url.origin + path],
  ]);
}

/** The templates to try, the most likely first. */
function* candidates(known: readonly string[]): Generator<string> {
  yield* new Set(known);
  for (const template of new Set(known)) yield* separatorVariants(template);
  for (const order of ordersOf(parts)) {
    const names = order.map((name) => `{${name}}`);
    for (const separator of separators) {
      yield `${names.join(separator)}${separator}{body}`;
      if (separator !== '\n') yield `${names.join(separator)}\n{body}`;
      if (names.length > 1 && separator !== ' ')
        yield `${names[0]} ${[...names.slice(1), '{body}'].join(separator).replace(separator, '\n')}`;
    }
  }
}

/** All orders of some or all of the names. */
function* ordersOf(names: readonly string[]): Generator<string[]> {
  for (const name of names) {
    yield [name];
    for (const rest of ordersOf(names.filter((other) => other !== name))) yield [name, ...rest];
  }
}
