import type { AuthorizationResult } from '../engine/authorization.js';
import type { FindingCode } from '../engine/finding-codes.js';
import type { Ticket } from '../engine/store.js';
import type { Message } from '../journal/entry.js';
import { converterContext } from '../profiles/converters.js';
import type { Jsapi } from '../profiles/profile.js';
import type { Tenant } from '../tenants/tenant.js';

/** What the mini program's callback is given. */
export interface JsapiAnswer {
  ok: boolean;
  result: Record<string, unknown>;
}

/**
 * An authorization's result in the words of the JSAPI that asked: those of my.getAuthCode, where it has none of its own. Never the
 * userId, never a token.
 */
export function authorizationAnswer(
  tenant: Tenant,
  name: string,
  { code, granted, refused, failure }: AuthorizationResult,
): JsapiAnswer {
  const jsapi = tenant.profile.jsapis.get(name);
  if (failure !== undefined) return failureAnswer(tenant, jsapi, failure.error, failure.errorMessage, refused);
  const result = { authCode: code?.authCode, authSuccessScopes: granted, authErrorScopes: refused };
  return { ok: true, result: fill(tenant, jsapi?.answer, result) ?? result };
}

/** A failed call, in the words of the JSAPI that was called. */
export function failureAnswer(
  tenant: Tenant,
  jsapi: Jsapi | undefined,
  error: number,
  errorMessage: string,
  refused: Record<string, string> = {},
): JsapiAnswer {
  const code = jsapi?.errors[error] ?? jsapi?.errors['*'] ?? error;
  const result = { error: code, errorMessage, ...(Object.keys(refused).length > 0 && { authErrorScopes: refused }) };
  return { ok: false, result: fill(tenant, jsapi?.failure, { ...result, code }) ?? result };
}

/** What a JSAPI answers at once. */
export function plainAnswer(tenant: Tenant, jsapi: Jsapi | undefined, known: object): JsapiAnswer {
  return { ok: true, result: fill(tenant, jsapi?.answer, known) ?? {} };
}

function fill(tenant: Tenant, tree: Jsapi['answer'], known: object): Record<string, unknown> | undefined {
  return tree?.(
    known,
    converterContext(tenant.profile.source, () => ''),
  ) as Record<string, unknown> | undefined;
}

/** What the journal keeps of a JSAPI call, besides its answer. */
export interface JsapiCall {
  name: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scopes?: readonly string[];
  path: string;
  request: Message;
  findings: FindingCode[];
  /** What was granted of the scopes that the user was asked for, and that something can be read with. */
  consented?: readonly string[];
  /** The scenario that acts on it. */
  scenario?: string;
  /** When it began, on the machine's steady clock (milliseconds). */
  began: number;
}

export function addJsapiEntry(tenant: Tenant, call: JsapiCall, { ok, result }: JsapiAnswer, reason: string): void {
  const { name, request, findings, began, path, ...about } = call;
  const code = ok ? (result.resultCode ?? 'SUCCESS') : (result.error ?? result.resultCode ?? 'FAIL');
  tenant.journal.add({
    kind: 'jsapi',
    at: tenant.clock.now(),
    operation: name,
    method: 'POST',
    path,
    ...about,
    status: 200,
    resultStatus: ok ? 'S' : 'F',
    resultCode: String(code),
    reason,
    durationMs: performance.now() - began,
    findings,
    request,
    response: { headers: {}, body: JSON.stringify(result) },
    secrets: [result.authCode, result.result].filter((secret) => typeof secret === 'string'),
  });
}

/** The parts of a journal entry that a ticket knows. */
export function callOfTicket({ name, clientId, appId, scopes, scenario }: Ticket) {
  return { name, clientId, ...(appId !== undefined && { appId }), scopes, ...(scenario !== undefined && { scenario }) };
}
