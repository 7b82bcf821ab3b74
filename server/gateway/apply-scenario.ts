import { type OperationResult, refuse } from '../engine/outcomes.js';
import { findScenario } from '../http/find-scenario.js';
import type { Operation } from '../profiles/profile.js';
import type { CallFacts } from '../scenarios/match.js';
import type { Acting } from '../scenarios/scenario-list.js';
import { outcomeNamed } from '../tenants/scenario-check.js';
import type { CallFindings, IncomingCall } from './call.js';

/**
 * The scenario that acts on a merchant's call.
 * @param body the parsed body, if it could be parsed
 */
export function scenarioFor(
  call: IncomingCall,
  operation: Operation,
  found: CallFindings,
  body: Record<string, unknown> | undefined,
): Promise<Acting | { unknown: string } | undefined> {
  return findScenario(call.tenant, call.headers, () => factsOf(call, operation, found, body));
}

async function factsOf(
  call: IncomingCall,
  operation: Operation,
  { client }: CallFindings,
  body: Record<string, unknown> | undefined,
): Promise<Omit<CallFacts, 'headers'>> {
  const read = body === undefined ? undefined : operation.readFields(body);
  const fields = read !== undefined && 'fields' in read ? read.fields : {};
  const thing = await thingOf(call, fields);
  const scopes = thing?.scopes ?? (fields.scopes as string[] | undefined);
  const appId = text(fields.appId) ?? thing?.appId;
  const userId = thing?.userId ?? text(fields.userId);
  const grantType =
    text(fields.grantType) ??
    (fields.authCode !== undefined ? 'AUTHORIZATION_CODE' : fields.refreshToken !== undefined ? 'REFRESH_TOKEN' : undefined);
  return {
    kind: 'openapi',
    operation: operation.name,
    ...(client && { clientId: client.clientId }),
    ...(appId !== undefined && { appId }),
    ...(userId !== undefined && { userId }),
    ...(scopes && { scopes }),
    ...(grantType !== undefined && { grantType }),
    body,
  };
}

function text(field: unknown): string | undefined {
  return typeof field === 'string' ? field : undefined;
}

/** What the call's code or token stands for. */
async function thingOf({ tenant: { store } }: IncomingCall, { authCode, accessToken, refreshToken }: Record<string, unknown>) {
  if (typeof authCode === 'string') return store.findAuthCode(authCode);
  if (typeof accessToken === 'string') return (await store.findAccessToken(accessToken))?.grant;
  return typeof refreshToken === 'string' ? (await store.findRefreshToken(refreshToken))?.grant : undefined;
}

/** How a call ends by a scenario that takes the operation's place; undefined where it only acts on one that is done. */
export function endByScenario(
  call: IncomingCall,
  { id, then }: Acting,
): OperationResult<{ answer: Record<string, unknown> }> | undefined {
  if (then.result === undefined) return undefined;
  const outcome = outcomeNamed(call.tenant.profile, then.result);
  const reason = `the scenario ${id} said so`;
  if (outcome === undefined)
    return refuse(
      'process-failed',
      `the scenario ${id} names the result ${then.result}, which the wallet ${call.tenant.profile.name} does not have`,
    );
  return outcome === 'done' ? undefined : refuse(outcome, then.message ?? `${then.result}, because ${reason}`, reason);
}
