import type { FastifyRequest } from 'fastify';
import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import type { Ticket } from '../engine/store.js';
import { findScenario } from '../http/find-scenario.js';
import type { UserEntry } from '../records/entries.js';
import type { CallKind } from '../scenarios/call-kinds.js';
import type { AppliedScenario } from '../scenarios/scenario-list.js';
import type { Then } from '../scenarios/schema.js';
import type { PresetAnswer } from '../tenants/decide-without-user.js';
import type { Text } from '../texts/text.js';
import type { MiniProgram } from './find-mini-program.js';

/** The parts of a mini program's call that scenarios match. */
export interface ScenarioCall extends MiniProgram {
  name: string;
  /** True if the call asks for an authorization. */
  authorizes: boolean;
  user: UserEntry;
  scopes: readonly string[];
}

/** The scenario that acts on a mini program's call. */
export function findJsapiScenario(
  request: FastifyRequest,
  call: ScenarioCall,
): Promise<AppliedScenario | { unknown: Text } | undefined> {
  const { tenant, headers, body } = request;
  return findScenario(tenant, headers, async () => ({
    kind: await callKind(request, call),
    operation: call.name,
    clientId: call.client.clientId,
    appId: call.app.appId,
    userId: call.user.userId,
    scopes: call.scopes,
    body,
  }));
}

/** An authorization is silent if it needs no screen: then there is nothing that a user could refuse. */
async function callKind({ tenant }: FastifyRequest, { authorizes, ...call }: ScenarioCall): Promise<CallKind> {
  if (!authorizes) return 'jsapi';
  const { ask, remembered } = await tenant.authorizations.sort(call, tenant.settings.remember);
  return ask.length + remembered.length > 0 ? 'authorization' : 'silent-authorization';
}

/**
 * The scenario that decides on the screen of an authorization that a merchant's server prepared. A browser sends the same header with
 * every request, so a name that has no effect on the screen is ignored.
 */
export async function findPreparedScenario(
  { tenant, headers }: FastifyRequest,
  { preparedBy, clientId, scopes }: Ticket,
  { userId }: UserEntry,
): Promise<AppliedScenario | undefined> {
  if (preparedBy === undefined) return undefined;
  const call = { kind: 'prepared-screen', operation: preparedBy, clientId, userId, scopes } as const;
  return findScenario(tenant, headers, () => call, 'ignore');
}

/** The decision that a scenario makes for the user; undefined if it makes none. */
export function presetAnswerOf({ consent, denyScopes, error, message }: Then): PresetAnswer | undefined {
  if (consent === undefined && denyScopes === undefined && error === undefined) return undefined;
  const refuse = Array.isArray(denyScopes)
    ? Object.fromEntries(denyScopes.map((scope) => [scope, scopeError.refused]))
    : (denyScopes ?? {});
  const failing = { refuse, error, ...(message !== undefined && { errorMessage: message }) };
  return consent === 'cancel'
    ? { ...failing, error: error ?? jsapiError.cancelled }
    : { ...failing, consent: consent ?? 'grant' };
}
