import type { FastifyRequest } from 'fastify';
import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import type { Ticket } from '../engine/store.js';
import { askedScenario, scenarioHeader } from '../http/find-scenario.js';
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

/** The scenario that acts on a call: the one that the call itself asks for by `X-Emulator-Scenario`, else the first that matches. */
export async function findScenario(
  { tenant, headers, body }: FastifyRequest,
  { name, authorizes, asking, user }: AskedCall,
): Promise<Acting | { unknown: string } | undefined> {
  const asked = headers[scenarioHeader];
  if (asked === undefined && tenant.scenarios.size === 0) return undefined;
  const kind = authorizes ? await kindOf() : 'jsapi';
  const acting =
    typeof asked === 'string' && asked !== ''
      ? askedScenario(tenant, asked, kind)
      : tenant.scenarios.match({
          kind,
          operation: name,
          clientId: asking.client.clientId,
          appId: asking.app.appId,
          userId: user.userId,
          scopes: asking.scopes,
          headers,
          body,
        });
  await tenant.settled();
  return acting;

  /** Where all is silent there is no screen, and nothing that a user could refuse. */
  async function kindOf(): Promise<CallKind> {
    const { ask, remembered } = await tenant.authorizations.sort({ ...asking, user }, tenant.settings.remember);
    return ask.length + remembered.length > 0 ? 'asked' : 'silent';
  }
}

/**
 * The scenario that decides at the screen of an authorization that the server's side prepared. A header that has nothing to say there is
 * a browser's that sends it with all it asks for.
 */
export async function findPreparedScenario(
  { tenant, headers }: FastifyRequest,
  { preparedBy, clientId, scopes }: Ticket,
  { userId }: UserEntry,
): Promise<Acting | undefined> {
  if (preparedBy === undefined) return undefined;
  const asked = headers[scenarioHeader];
  const named = typeof asked === 'string' && asked !== '' ? askedScenario(tenant, asked, 'prepared') : undefined;
  const acting =
    named !== undefined && !('unknown' in named)
      ? named
      : tenant.scenarios.match({ kind: 'prepared', operation: preparedBy, clientId, userId, scopes, headers });
  await tenant.settled();
  return acting;
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
