import type { FastifyRequest } from 'fastify';
import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import type { Ticket } from '../engine/store.js';
import { findScenario } from '../http/find-scenario.js';
import type { UserEntry } from '../records/entries.js';
import type { CallKind } from '../scenarios/reach.js';
import type { Acting } from '../scenarios/scenario-list.js';
import type { Then } from '../scenarios/schema.js';
import type { Rule } from '../tenants/decide.js';
import type { Asking } from './read-request.js';

/** A mini program's call, as far as scenarios ask about it. */
export interface AskedCall {
  name: string;
  /** Whether it asks for an authorization. */
  authorizes: boolean;
  asking: Asking;
  user: UserEntry;
}

/** The scenario that acts on a mini program's call. */
export function findJsapiScenario(
  { tenant, headers, body }: FastifyRequest,
  { name, authorizes, asking, user }: AskedCall,
): Promise<Acting | { unknown: string } | undefined> {
  return findScenario(tenant, headers, async () => ({
    kind: authorizes ? await kindOf() : 'jsapi',
    operation: name,
    clientId: asking.client.clientId,
    appId: asking.app.appId,
    userId: user.userId,
    scopes: asking.scopes,
    body,
  }));

  /** If all scopes are silent, there is no screen, and nothing that a user could refuse. */
  async function kindOf(): Promise<CallKind> {
    const { ask, remembered } = await tenant.authorizations.sort({ ...asking, user }, tenant.settings.remember);
    return ask.length + remembered.length > 0 ? 'asked' : 'silent';
  }
}

/**
 * The scenario that decides at the screen of an authorization that the merchant's server prepared. A browser sends the same header with
 * every request, so a name that has no effect on the screen is ignored.
 */
export async function findPreparedScenario(
  { tenant, headers }: FastifyRequest,
  { preparedBy, clientId, scopes }: Ticket,
  { userId }: UserEntry,
): Promise<Acting | undefined> {
  if (preparedBy === undefined) return undefined;
  const call = { kind: 'prepared', operation: preparedBy, clientId, userId, scopes } as const;
  return findScenario(tenant, headers, () => call, 'ignore');
}

/** What a scenario decides in the user's place; undefined where it leaves the decision alone. */
export function ruleOf({ consent, denyScopes, error, message }: Then): Rule | undefined {
  if (consent === undefined && denyScopes === undefined && error === undefined) return undefined;
  const refuse = Array.isArray(denyScopes)
    ? Object.fromEntries(denyScopes.map((scope) => [scope, scopeError.refused]))
    : (denyScopes ?? {});
  const failing = { refuse, error, ...(message !== undefined && { errorMessage: message }) };
  return consent === 'cancel'
    ? { ...failing, error: error ?? jsapiError.cancelled }
    : { ...failing, consent: consent ?? 'grant' };
}
