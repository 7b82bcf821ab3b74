import { authorizationOf, type Credentials } from '../engine/credentials.js';
import { at, type Refusal, refuse, shorten } from '../engine/outcomes.js';
import type { Fields } from '../profiles/fields.js';
import type { Operation } from '../profiles/profile.js';
import type { ClientEntry } from '../records/entries.js';
import { oneOf } from '../texts/one-of.js';
import { text } from '../texts/text.js';
import type { CallFindings } from './call-findings.js';
import type { OperationEnvelope } from './check-envelope.js';
import type { IncomingCall } from './incoming-call.js';

/** Checks what needs the fields: agent token, traffic, authClientId, appId, and the client's status. */
export function checkCaller(
  call: IncomingCall,
  { client, operation }: OperationEnvelope,
  fields: Fields,
  credentials: Credentials,
  found: CallFindings,
): Refusal | undefined {
  return (
    checkAgentToken(call, client) ??
    checkTraffic(call, client) ??
    checkAuthClient(call, client, fields, operation, credentials) ??
    checkApp(call, client, fields, found) ??
    checkStatus(client)
  );
}

function checkAgentToken({ tenant, agentToken }: IncomingCall, { agentTokens, clientId }: ClientEntry): Refusal | undefined {
  if (agentTokens === undefined || agentToken === '') return undefined;
  const expiresAt = agentTokens.get(agentToken);
  if (expiresAt === undefined)
    return refuse('agent-token-unknown', text('agent-token-unknown', { token: shorten(agentToken), clientId }));
  if (expiresAt <= tenant.clock.now())
    return refuse('agent-token-expired', text('agent-token-expired', { token: shorten(agentToken), expiresAt: at(expiresAt) }));
  return undefined;
}

function checkTraffic({ tenant }: IncomingCall, { clientId, rateLimit }: ClientEntry): Refusal | undefined {
  if (rateLimit === undefined) return undefined;
  const { allowed, resetsAt } = tenant.rateLimiter.count(clientId, rateLimit, tenant.clock.now());
  if (allowed) return undefined;
  return refuse(
    'traffic-exceeded',
    text('rate-limited', { clientId, max: rateLimit.max, seconds: rateLimit.per / 1000, resetsAt: at(resetsAt) }),
  );
}

/** The id may also be the secondary merchant's, if the authorization was started for one. */
function checkAuthClient(
  { json }: IncomingCall,
  { clientId, record }: ClientEntry,
  { authClient }: Fields,
  operation: Operation,
  credentials: Credentials,
): Refusal | undefined {
  if (authClient === undefined || authClient === clientId || authClient === record.referenceClientId) return undefined;
  const authorization = authorizationOf(credentials);
  const secondaryMerchantId = authorization?.clientId === clientId ? authorization.secondaryMerchantId : undefined;
  if (authClient === secondaryMerchantId) return undefined;
  const values = {
    field: operation.wireName('authClient', json.value as object),
    authClient: String(authClient),
    expected: record.referenceClientId ?? clientId,
  };
  return refuse(
    'auth-client-mismatch',
    secondaryMerchantId === undefined
      ? text('auth-client-wrong', values)
      : text('auth-client-wrong-secondary', { ...values, secondary: secondaryMerchantId }),
  );
}

function checkApp(
  { tenant }: IncomingCall,
  { clientId }: ClientEntry,
  { appId }: Fields,
  found: CallFindings,
): Refusal | undefined {
  if (appId === undefined) return undefined;
  const app = tenant.apps.get(appId as string);
  if (app === undefined || app.clientId !== clientId) {
    const apps = tenant.appsOf(clientId).map((own) => own.appId);
    const advice =
      apps.length > 0 ? text('expected-one', { value: oneOf(apps.slice(0, 5)) }) : text('client-without-app', { clientId });
    const code = app === undefined ? 'app-id-unknown' : 'app-id-of-other-client';
    return refuse('app-unknown', text(code, { appId: String(appId), advice }));
  }
  found.app = app;
  return undefined;
}

function checkStatus({ clientId, status }: ClientEntry): Refusal | undefined {
  return status === 'ACTIVE' ? undefined : refuse('client-suspended', text('client-suspended', { clientId }));
}
