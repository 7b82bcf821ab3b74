import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { parseTime, type TimeForm } from '../clock/time.js';
import { parseJson } from '../files/parse-json.js';
import { type Address, namedTenant } from '../http/address.js';
import { isCausedByForeignPage } from '../http/foreign-page.js';
import type { CallAddress, PublicAddress } from '../http/public-address.js';
import type { SignedParts } from '../signing/content.js';
import { type InvalidSignatureHeader, parseSignatureHeader, type SignatureHeader } from '../signing/signature-header.js';
import type { Turn } from '../store/state-store.js';
import { StorageError } from '../store/storage-error.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { kindText } from '../texts/kind-text.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';

/** A call from a merchant's server. Each part of it is read and parsed once. */
export interface IncomingCall {
  tenant: Tenant;
  /** The reason why the tenant that the call names cannot be used. */
  tenantProblem: Text | undefined;
  /** The reason why the tenant's state cannot be read. */
  storageProblem: StorageError | undefined;
  /** Ends with the call's changes. Undefined if no other emulator shares the state. */
  turn: Turn | undefined;
  method: string;
  /** The path as the wallet knows it: without host, query and tenant. */
  path: string;
  /** The path as it was sent: it may begin with `/t/<tenant>`. */
  sentPath: string;
  /** The whole request target, as it was sent. */
  target: string;
  headers: IncomingHttpHeaders;
  mediaType: string | undefined;
  /** The parts that its signature covers, without the body. */
  parts: SignedParts;
  /** Headers that are missing are empty texts here. */
  clientId: string;
  agentToken: string;
  host: string;
  /** The emulator's address as the caller reaches it, without a tenant. */
  baseUrl: string;
  /** The path below which a proxy serves the emulator, such as `/wallet`. Empty if there is none. */
  basePath: string;
  /** `parsed` is undefined if the text is not a time. Its `at` is in milliseconds since the epoch. */
  requestTime: { text: string; parsed: { at: number; form: TimeForm } | undefined };
  /** Undefined if the header is missing or empty. */
  signature: SignatureHeader | InvalidSignatureHeader | undefined;
  /** A browser sent the call. */
  fromBrowser: boolean;
  /** Why no page may send this call. Undefined if it may be answered, and sent on to a platform. */
  pageProblem: Text | undefined;
  body: Buffer;
  /** The body could not be received, for example because it is over the limit. */
  unreadable: boolean;
  json: JsonBody;
}

/** A body as parsed JSON. `problem` says why it is not a JSON object in UTF-8. */
export type JsonBody = { value: Record<string, unknown>; problem?: undefined } | { value?: unknown; problem: Text };

export interface ReadCallOptions {
  tenants: Tenants;
  publicAddress: PublicAddress;
  /** Calls are sent on to a real platform, which answers in place of the emulator. */
  platform?: object | undefined;
}

/** Reads a request. @param unreadable why its body could not be received */
export async function readCall(
  request: FastifyRequest,
  options: ReadCallOptions,
  unreadable: Text | undefined,
): Promise<IncomingCall> {
  const { headers, address } = request.raw;
  headers['content-type'] = request.sentMediaType;
  const callAddress = options.publicAddress.of(request);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const json = unreadable === undefined ? readJson(body) : { problem: unreadable };
  const named = tenantOf(request, callAddress, address, json, options);
  const { tenant, turn, storageProblem } = await enterTenant(named, options.tenants);
  const { method } = request;
  const clientId = headerText(headers, 'client-id');
  const time = headerText(headers, 'request-time');
  const signature = headerText(headers, 'signature');
  // Without a spread, which costs more here than all the rest: V8 adds fields to a copied object slowly.
  return {
    tenant,
    tenantProblem: named.tenantProblem,
    storageProblem,
    turn,
    method,
    path: address.path,
    sentPath: address.sentPath,
    target: request.originalUrl,
    headers,
    mediaType: request.sentMediaType,
    parts: { method, path: address.path, clientId, time, requestId: headerText(headers, 'request-id') },
    clientId,
    agentToken: headerText(headers, 'agent-token'),
    host: callAddress.host,
    baseUrl: options.publicAddress.answerTo(callAddress),
    basePath: callAddress.basePath,
    requestTime: { text: time, parsed: parseTime(time) },
    signature: signature === '' ? undefined : parseSignatureHeader(signature, tenant.profile.source.signature.algorithm),
    fromBrowser: headerText(headers, 'origin') !== '' || headerText(headers, 'sec-fetch-site') !== '',
    pageProblem: pageProblemOf(request, callAddress, tenant, options),
    body,
    unreadable: unreadable !== undefined,
    json,
  };
}

interface NamedTenant {
  tenant: Tenant;
  tenantProblem?: Text;
  /** Codes and tokens by which another emulator that shares the state may know the tenant. */
  credentials?: string[];
  byPage?: boolean;
}

/** Waits until the call may use its tenant, if other emulators share the state. */
async function enterTenant(
  { tenant, credentials, byPage = false }: NamedTenant,
  tenants: Tenants,
): Promise<Pick<IncomingCall, 'tenant' | 'storageProblem' | 'turn'>> {
  const { sharing } = tenants;
  if (sharing === undefined) return { tenant, storageProblem: undefined, turn: undefined };
  try {
    const name = (credentials && (await sharing.tenantOf(credentials))) ?? tenant.name;
    const turn = await sharing.enter(name);
    return { tenant: tenants.get(name, { byPage }), storageProblem: undefined, turn };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { tenant, storageProblem: error, turn: undefined };
  }
}

/**
 * A page on a foreign host name may not call (DNS rebinding). A call that is sent on reaches a real platform, so then no page of another
 * origin may cause it either, unless the tenant allows pages to call the OpenAPI. A browser leaves out Origin only if a page reads from
 * its own origin. A server may come by a foreign name, for example a platform through a tunnel.
 */
function pageProblemOf(
  request: FastifyRequest,
  callAddress: CallAddress,
  { settings }: Tenant,
  { publicAddress, platform }: ReadCallOptions,
): Text | undefined {
  const isSentOn = platform !== undefined;
  const mayBePage = request.headers.origin !== undefined || (isSentOn && /^(?:GET|HEAD)$/.test(request.method));
  if (!callAddress.isOurs && mayBePage) return text('host-not-ours', { host: callAddress.host.slice(0, 80) });
  const isOwn = (own: string) => publicAddress.isOwnOrigin(own, callAddress);
  if (isSentOn && !settings.openapiCors && isCausedByForeignPage(request, isOwn)) return text('page-of-another-origin');
  return undefined;
}

/** The tenant that the header or the path names, else the one that issued a code or token in the body, else the default one. */
function tenantOf(
  request: FastifyRequest,
  callAddress: CallAddress,
  address: Address,
  { value }: JsonBody,
  { tenants, publicAddress }: ReadCallOptions,
): NamedTenant {
  try {
    const name = namedTenant(request.headers, address);
    if (name !== undefined) {
      const byPage = isCausedByForeignPage(request, (origin) => publicAddress.isOwnOrigin(origin, callAddress));
      return { tenant: tenants.get(name, { byPage }), byPage };
    }
  } catch (error) {
    return { tenant: tenants.default, tenantProblem: textOf(error) };
  }
  const isShared = tenants.sharing !== undefined;
  if (!(isShared || tenants.hasCredentials) || typeof value !== 'object' || value === null) return { tenant: tenants.default };
  const values = Object.values(value);
  const issuer = tenants.issuerOf(values);
  if (issuer !== undefined) return { tenant: issuer };
  return { tenant: tenants.default, ...(isShared && { credentials: values.filter(isCredential) }) };
}

/** Parses the body of a call. */
export function readJson(body: Buffer): JsonBody {
  if (body.length === 0) return { problem: text('body-empty') };
  const encodingProblem = isUtf8(body) ? undefined : text('body-not-utf-8');
  let value: unknown;
  try {
    const sent = body.toString();
    // Some clients begin a body with a byte order mark.
    value = parseJson(sent.startsWith('\ufeff') ? sent.slice(1) : sent);
  } catch (error) {
    return { problem: encodingProblem ?? text('body-not-json', { problem: textOf(error) }) };
  }
  if (encodingProblem !== undefined) return { value, problem: encodingProblem };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as Record<string, unknown> };
  return { value, problem: text('body-not-object', { kind: Array.isArray(value) ? text('is-an-array') : kindText(value) }) };
}

/** A header's value, or an empty text. */
function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Returns true for a text that is long enough to be a code or token, and not too long. */
function isCredential(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 16 && value.length <= 16_384;
}
