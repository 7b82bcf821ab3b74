import type { IncomingHttpHeaders } from 'node:http';
import { parseTime } from '../clock/time.js';
import { type IncomingCall, readJson } from '../gateway/incoming-call.js';
import type { Header } from '../recordings/exchange.js';
import { parseSignatureHeader } from '../signing/signature-header.js';
import type { Tenant } from '../tenants/tenant.js';

/** The request of a recording that an emulator answers. */
export interface ReplayedRequest {
  method: string;
  /** The path as the emulator's wallet knows it. */
  path: string;
  /** The query with its `?`; empty if there is none. */
  query: string;
  headers: readonly Header[];
  body: Buffer;
}

/** The emulator's address in answers, such as in an authUrl. */
const baseUrl = 'https://emulator.example';
/** The emulator that answers has only one tenant. */
const ignoredHeaders = new Set(['x-emulator-tenant']);

/** Makes a request of a recording a call to the OpenAPI of a tenant. */
export function replayedCall({ method, path, query, headers: sent, body }: ReplayedRequest, tenant: Tenant): IncomingCall {
  const headers: IncomingHttpHeaders = {};
  for (const [name, value] of sent) if (!ignoredHeaders.has(name.toLowerCase())) headers[name.toLowerCase()] ??= value;
  const header = (name: string) => String(headers[name] ?? '');
  const signature = header('signature');
  const clientId = header('client-id');
  const time = header('request-time');
  return {
    tenant,
    tenantProblem: undefined,
    storageProblem: undefined,
    turn: undefined,
    method,
    path,
    sentPath: path,
    target: path + query,
    headers,
    mediaType: headers['content-type'],
    parts: { method, path, clientId, time, requestId: header('request-id') },
    clientId,
    agentToken: header('agent-token'),
    host: header('host'),
    baseUrl,
    basePath: '',
    requestTime: { text: time, parsed: parseTime(time) },
    signature: signature === '' ? undefined : parseSignatureHeader(signature, tenant.profile.source.signature.algorithm),
    fromBrowser: false,
    pageProblem: undefined,
    body,
    unreadable: false,
    json: readJson(body),
  };
}
