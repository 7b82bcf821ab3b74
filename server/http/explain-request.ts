import type { WrittenRequest } from '../requests/written-request.js';
import { type ContentComparison, compareContents } from '../signing/compare-contents.js';
import type { SignatureMistake } from '../signing/mistake.js';
import { parseSignatureHeader } from '../signing/signature-header.js';
import { verifyCall } from '../signing/verify-call.js';
import { signingRules } from '../tenants/signing-rules.js';
import type { Tenant } from '../tenants/tenant.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { readAddress } from './address.js';

/** A request whose signature was checked. */
export interface ExplainedRequest {
  method: string;
  /** The path that the content to sign has. */
  path: string;
  clientId: string;
  verified: boolean;
  /** The encoding of the signature; null if it is missing or cannot be read. */
  encoding: string | null;
  mistakes: readonly SignatureMistake[];
  comparison: ContentComparison;
}

/** The sign that the journal puts into a shortened code or token. */
const shortened = /…/;

/**
 * Checks the signatures of requests until one does not verify.
 * @param host the host that the requests are for, if they do not say
 * @returns the first request that does not verify, or else the first
 * @throws TextError if a request has no Client-Id or an unknown one
 */
export async function explainRequests(
  tenant: Tenant,
  requests: readonly WrittenRequest[],
  host: string,
): Promise<ExplainedRequest> {
  let first: ExplainedRequest | undefined;
  for (const request of requests) {
    const explained = await explainRequest(tenant, request, host);
    if (!explained.verified) return explained;
    first ??= explained;
  }
  if (first === undefined) throw new TextError(text('request-empty'));
  return first;
}

/** Checks the signature of a request. Without a path, the wallet's operations are tried. @throws TextError */
async function explainRequest(tenant: Tenant, request: WrittenRequest, host: string): Promise<ExplainedRequest> {
  const { target } = request;
  if (target !== undefined) return explainAt(tenant, request, target, host);
  const paths = [...tenant.profile.operations.values()].flatMap((operation) => operation.paths);
  for (const path of paths) {
    const explained = await explainAt(tenant, request, path, host);
    if (isAbout(explained)) return explained;
  }
  if (shortened.test(request.body)) throw new TextError(text('shortened-in-text'));
  throw new TextError(text('request-of-other-wallet', { wallet: tenant.profile.source.title }));
}

/** True if the signature is about the path: it verifies, or it is wrong in a way that the path has no part in. */
function isAbout({ verified, mistakes }: ExplainedRequest): boolean {
  return verified || !mistakes.some(({ code }) => code === 'content-unknown' || code === 'path-mismatch');
}

/** If nothing else explains the signature, the code or token that the text has not whole does. */
function orShortened(mistake: SignatureMistake): SignatureMistake {
  return mistake.code === 'content-unknown' ? { ...mistake, message: text('shortened-in-text') } : mistake;
}

async function explainAt(tenant: Tenant, request: WrittenRequest, target: string, ownHost: string): Promise<ExplainedRequest> {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const clientId = headers.get('client-id');
  if (clientId === undefined) throw new TextError(text('signer-missing'));
  const client = tenant.clients.get(clientId);
  if (client === undefined) throw new TextError(text('signer-unknown', { clientId: clientId.slice(0, 80) }));
  const { profile } = tenant;
  const address = readAddress(target);
  const parts = {
    method: request.method,
    path: address.path,
    clientId,
    time: headers.get('request-time') ?? '',
    requestId: headers.get('request-id') ?? '',
  };
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1] ?? headers.get('host') ?? ownHost;
  const body = Buffer.from(request.body);
  const header = headers.get('signature');
  const signature = header ? parseSignatureHeader(header, profile.source.signature.algorithm) : undefined;
  const call = { parts, sentPath: address.sentPath, target, host, body, signature };
  const verification = await verifyCall(call, signingRules(tenant, client, body));
  const { verified } = verification;
  const mistakes = shortened.test(request.body) ? verification.mistakes.map(orShortened) : verification.mistakes;
  return {
    method: parts.method,
    path: parts.path,
    clientId,
    verified,
    encoding: signature !== undefined && 'encoding' in signature ? signature.encoding : null,
    mistakes,
    comparison: compareContents(profile.signedRequest(parts, body), verification.verified ? { ruledOut: [] } : verification),
  };
}
