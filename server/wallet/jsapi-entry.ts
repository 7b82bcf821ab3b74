import type { FindingCode } from '../engine/finding-codes.js';
import type { Ticket } from '../engine/store.js';
import type { DecidedScopes, JournalEntry, Message } from '../journal/entry.js';
import type { UnfinishedCall } from '../journal/running-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Text } from '../texts/text.js';
import type { JsapiAnswer } from './jsapi-answer.js';

/** The facts of a JSAPI call for the journal, without its answer. */
export interface JsapiCall {
  name: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scopes?: readonly string[];
  path: string;
  request: Message;
  findings: FindingCode[];
  /** The authorization that it belongs to. */
  authorizationId?: string;
  /** The result for each scope. Absent if the call failed before the decision, or asks for no scopes. */
  decided?: DecidedScopes;
  /** The granted scopes that the user was asked for and that give access to something. */
  consented?: readonly string[];
  /** The id of the scenario that acts on the call. */
  scenario?: string;
  /** The time at which it began, by performance.now(). */
  began: number;
}

/** Adds a JSAPI call to the journal. */
export function addJsapiEntry(tenant: Tenant, call: JsapiCall, { ok, result }: JsapiAnswer, reason: Text): JournalEntry {
  const { name, request, findings, began, path, ...parties } = call;
  const code = ok ? (result.resultCode ?? 'SUCCESS') : (result.error ?? result.resultCode ?? 'FAIL');
  return tenant.journal.add({
    kind: 'jsapi',
    at: tenant.clock.now(),
    operation: name,
    method: 'POST',
    path,
    ...parties,
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

/** The parts of a JSAPI call that are known while it runs. */
export function unfinishedCall({
  name,
  clientId,
  appId,
  userId,
  scopes,
  authorizationId,
  scenario,
  path,
  request,
}: JsapiCall): UnfinishedCall {
  return {
    kind: 'jsapi',
    operation: name,
    method: 'POST',
    path,
    request,
    ...(clientId !== undefined && { clientId }),
    ...(appId !== undefined && { appId }),
    ...(userId !== undefined && { userId }),
    ...(scopes && { scopes }),
    ...(authorizationId !== undefined && { authorizationId }),
    ...(scenario !== undefined && { scenario }),
  };
}

/** The parts of a call that its ticket holds. */
export function callOfTicket({ name, clientId, appId, scopes, scenario, authorizationId }: Ticket) {
  return {
    name,
    clientId,
    ...(appId !== undefined && { appId }),
    scopes,
    ...(scenario !== undefined && { scenario }),
    ...(authorizationId !== undefined && { authorizationId }),
  };
}
