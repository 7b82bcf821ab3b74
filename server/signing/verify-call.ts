import type { KeyObject } from 'node:crypto';
import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import type { UnverifiedCall } from './attempts.js';
import type { ContentTemplate, SignedParts } from './content.js';
import { decodeSignature } from './encodings.js';
import { explainSignature, type SignatureMistake } from './explain.js';
import { verifyContent } from './rsa.js';
import type { SignatureHeader } from './signature-header.js';

/** The wallet's rules for signing, and the client's key. */
export interface SigningRules {
  template: ContentTemplate;
  /** The same template as text, such as `{method} {path}\n{clientId}.{time}.{body}`. */
  templateText: string;
  /** The prefix of the call's path in this wallet; empty if it has none. */
  prefix: string;
  /** The client's key; undefined if none is registered. */
  publicKey: KeyObject | undefined;
  /** Client ids and keys that the signer may have used by mistake. Only called for a signature that does not verify. */
  likelySigners(): Pick<UnverifiedCall, 'clientIds' | 'otherKeys'>;
}

/** A call, with all that its signature may cover. */
export interface SignedCall {
  /** `path` is the path as the wallet knows it. */
  parts: SignedParts;
  /** The path as it was sent: it may begin with `/t/<tenant>`. */
  sentPath: string;
  /** The whole request target, with its query. */
  target: string;
  host: string;
  body: Buffer;
  /** The parsed Signature header; undefined if it is missing or empty. */
  signature: SignatureHeader | { mistake: string } | undefined;
}

/** `path` is the path that the signature covers, with the query if the signature covers it. A signature that verifies has no mistakes. */
export type Verification =
  | { verified: true; path: string; mistakes: SignatureMistake[] }
  | { verified: false; mistakes: SignatureMistake[] };

/**
 * Verifies a call's signature over its raw bytes. The signer may use the path as the wallet knows it or as it was sent, and the path
 * alone or with the query (a page of the documentation says "path to resource and parameters"). If nothing verifies, the result says
 * what the signer did wrong.
 */
export async function verifyCall(call: SignedCall, rules: SigningRules): Promise<Verification> {
  const { parts, body, target, host, signature: header } = call;
  const { template, templateText, prefix, publicKey } = rules;
  if (header === undefined)
    return failed(
      'unsigned-request',
      'the header Signature is missing: expected "algorithm=RSA256, keyVersion=1, signature=<value>"',
    );
  if ('mistake' in header) return failed('not-base64', `the header Signature cannot be read: ${header.mistake}`);
  if (publicKey === undefined)
    return failed(
      'wrong-key',
      `the client ${parts.clientId} has no publicKey: add one to clients.json, or by PATCH /_emulator/clients/${parts.clientId}`,
    );

  const { signature } = header;
  const path = await signedPath(call, signature, template, publicKey);
  if (path !== undefined) return { verified: true, path, mistakes: [] };
  const unverified = { template, templateText, parts, body, target, host, prefix, signature, publicKey };
  return { verified: false, mistakes: await explainSignature({ ...unverified, ...rules.likelySigners() }) };
}

async function signedPath(
  { parts, sentPath, target, body }: SignedCall,
  signature: string,
  template: ContentTemplate,
  publicKey: KeyObject,
): Promise<string | undefined> {
  const bytes = decodeSignature(signature);
  if (bytes === undefined) return undefined;
  const query = queryOf(target);
  for (const path of new Set([parts.path, sentPath, parts.path + query, sentPath + query])) {
    if (await verifyContent(template({ ...parts, path }, body), bytes, publicKey)) return path;
  }
  return undefined;
}

/** The query of a request target, with its `?`; empty if there is none. */
function queryOf(target: string): string {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark);
}

function failed(code: SignatureMistakeCode, message: string): Verification {
  return { verified: false, mistakes: [{ code, message }] };
}
