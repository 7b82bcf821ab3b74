import type { KeyObject } from 'node:crypto';
import { text } from '../texts/text.js';
import type { ContentTemplate, SignedParts } from './content.js';
import { decodeSignature } from './encodings.js';
import { explainSignature } from './explain.js';
import type { SignatureExplanation, SignatureMistake } from './mistake.js';
import { headerPlaceholderMistake, placeholderMistake } from './placeholder.js';
import { verifyContent } from './rsa.js';
import type { InvalidSignatureHeader, SignatureHeader } from './signature-header.js';
import type { SignatureHints } from './unverified-call.js';

/** The wallet's rules for signing, and the client's key. */
export interface SigningRules {
  template: ContentTemplate;
  /** The same template as text, such as `{method} {path}\n{clientId}.{time}.{body}`. */
  templateText: string;
  /** The client's key; undefined if none is registered. */
  publicKey: KeyObject | undefined;
  /** Lists what the signer may have used by mistake. Only called for a signature that does not verify. */
  hints(): SignatureHints;
}

/** A call, with all that its signature may cover. */
export interface SignedCall {
  /** `path` is the path as the wallet knows it. */
  parts: SignedParts;
  /** The path as it was sent: it may begin with `/t/<tenant>`. */
  sentPath: string;
  /** The path below which a proxy serves the emulator: the caller's path begins with it. Default: empty. */
  basePath?: string;
  /** The whole request target, with its query. */
  target: string;
  host: string;
  body: Buffer;
  /** The parsed Signature header; undefined if it is missing or empty. */
  signature: SignatureHeader | InvalidSignatureHeader | undefined;
}

/** `path` is the path that the signature covers, with the query if the signature covers it. A signature that verifies has no mistakes. */
export type Verification =
  | { verified: true; path: string; mistakes: SignatureMistake[] }
  | ({ verified: false } & SignatureExplanation);

/**
 * Verifies a call's signature over its raw bytes. The signer may use the path as the wallet knows it or as it was sent, and the path
 * alone or with the query (a page of the documentation says "path to resource and parameters"). If nothing verifies, the result says
 * what the signer did wrong.
 */
export async function verifyCall(call: SignedCall, rules: SigningRules): Promise<Verification> {
  const { parts, body, target, host, signature: header } = call;
  const { template, templateText, publicKey } = rules;
  if (header === undefined)
    return failed({
      code: 'unsigned-request',
      message: text('signature-header-missing'),
    });
  if ('mistake' in header) {
    const message = text('signature-header-wrong', { mistake: header.mistake });
    return failed(headerPlaceholderMistake(header.header) ?? { code: 'not-base64', message });
  }
  const { signature } = header;
  const placeholder = placeholderMistake(signature);
  if (placeholder !== undefined) return failed(placeholder);
  if (publicKey === undefined)
    return failed({
      code: 'wrong-key',
      message: text('client-without-key', {
        clientId: parts.clientId,
        path: `/_emulator/clients/${encodeURIComponent(parts.clientId)}`,
      }),
    });

  const bytes = decodeSignature(signature);
  const covers = (signed: SignedParts) => bytes !== undefined && verifyContent(template(signed, body), bytes, publicKey);
  if (covers(parts)) return { verified: true, path: parts.path, mistakes: [] };
  const others = otherPaths(call);
  const path = others.find((other) => covers({ ...parts, path: other }));
  if (path !== undefined) return { verified: true, path, mistakes: [] };
  const paths = [parts.path, ...others];
  const unverified = { template, templateText, parts, paths, body, target, host, signature, publicKey, hints: rules.hints() };
  return { verified: false, ...(await explainSignature(unverified)) };
}

/** The paths that a signature may cover besides the usual one. */
function otherPaths({ parts, sentPath, basePath = '', target }: SignedCall): string[] {
  const query = queryOf(target);
  const known = [parts.path, sentPath, basePath + sentPath, basePath + parts.path];
  const paths = new Set([...known, ...known.map((path) => path + query)]);
  paths.delete(parts.path);
  return [...paths];
}

/** The query of a request target, with its `?`; empty if there is none. */
function queryOf(target: string): string {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark);
}

function failed(mistake: SignatureMistake): Verification {
  return { verified: false, mistakes: [mistake], ruledOut: [] };
}
