import { authorizationOf, type Credentials } from '../engine/credentials.js';
import { type OperationResult, refuse } from '../engine/outcomes.js';
import { findScenario } from '../http/find-scenario.js';
import type { Operation } from '../profiles/profile.js';
import type { MatchableCall } from '../scenarios/matches-call.js';
import type { AppliedScenario } from '../scenarios/scenario-list.js';
import { findResult } from '../tenants/check-scenario.js';
import { quote, text } from '../texts/text.js';
import type { CallFindings } from './call-findings.js';
import type { Envelope } from './check-envelope.js';
import type { IncomingCall } from './incoming-call.js';
import type { CallContent } from './read-content.js';
import type { Answer } from './verbs/verb.js';

/**
 * Finds the scenario that acts on a call and applies it.
 * @returns the result, if the scenario answers instead of the operation
 */
export async function applyScenario(
  call: IncomingCall,
  envelope: Envelope,
  content: CallContent,
  credentials: Credentials,
  found: CallFindings,
): Promise<OperationResult<{ answer: Answer }> | undefined> {
  const scenario = await findScenario(call.tenant, call.headers, () => factsOf(call, envelope, content, credentials));
  if (scenario === undefined) return undefined;
  if ('unknown' in scenario) return refuse('parameter-illegal', scenario.unknown);
  found.scenario = scenario;
  return resultOf(call, envelope, scenario, found);
}

function factsOf(
  { path }: IncomingCall,
  { operation, client }: Envelope,
  { body, fields }: CallContent,
  credentials: Credentials,
) {
  const issued = authorizationOf(credentials);
  const facts: Omit<MatchableCall, 'headers'> = { kind: 'openapi', path, clientId: client.clientId, body };
  if (operation !== undefined) facts.operation = operation.name;
  const appId = textIn(fields.appId) ?? issued?.appId;
  const userId = issued?.userId ?? textIn(fields.userId);
  const scopes = issued?.scopes ?? (fields.scopes as string[] | undefined);
  const grantType = textIn(fields.grantType) ?? impliedGrantType(credentials);
  if (appId !== undefined) facts.appId = appId;
  if (userId !== undefined) facts.userId = userId;
  if (scopes !== undefined) facts.scopes = scopes;
  if (grantType !== undefined) facts.grantTypes = [grantType, ...sentGrantType(operation, body)];
  return facts;
}

/** The grantType as it was sent, which may be an alias. */
function sentGrantType(operation: Operation | undefined, body: Record<string, unknown> = {}): string[] {
  const sent = operation && textIn(body[operation.wireName('grantType', body)]);
  return sent === undefined ? [] : [sent];
}

function impliedGrantType({ authCode, refreshToken }: Credentials): string | undefined {
  if (authCode !== undefined) return 'AUTHORIZATION_CODE';
  return refreshToken !== undefined ? 'REFRESH_TOKEN' : undefined;
}

function textIn(field: unknown): string | undefined {
  return typeof field === 'string' ? field : undefined;
}

/** The result that a scenario sets; undefined if the operation still runs. */
function resultOf(
  { tenant: { profile } }: IncomingCall,
  { operation }: Envelope,
  { id, then }: AppliedScenario,
  found: CallFindings,
): OperationResult<{ answer: Answer }> | undefined {
  if (then.result !== undefined) {
    const result = findResult(profile, then.result);
    if (result === undefined)
      return refuse(
        'process-failed',
        text('scenario-result-unknown', { scenario: id, result: then.result, wallet: profile.name }),
      );
    const reason = text('scenario-set-result', { scenario: id, result: result.code.code });
    if (result.outcome !== 'done') {
      found.code = result.code;
      return refuse(result.outcome, then.message === undefined ? reason : quote(then.message), reason);
    }
    if (operation === undefined) return { outcome: 'done', answer: {}, reason };
  }
  if (then.status === undefined) return undefined;
  return { outcome: 'done', answer: {}, reason: text('scenario-answered-status', { scenario: id, status: then.status }) };
}
