import { authorizationOf, type Credentials } from '../engine/credentials.js';
import { at, type Refusal, refuse, shorten } from '../engine/outcomes.js';
import type { Fields } from '../profiles/fields.js';
import type { Operation } from '../profiles/profile.js';
import type { ClientEntry } from '../records/entries.js';
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
    return refuse(
      'agent-token-unknown',
      `the header Agent-Token is ${shorten(agentToken)}: expected one of the agentTokens of the client ${clientId}`,
    );
  if (expiresAt <= tenant.clock.now())
    return refuse(
      'agent-token-expired',
      `the header Agent-Token is ${shorten(agentToken)}, which expired at ${at(expiresAt)}: send a current one`,
    );
  return undefined;
}

function checkTraffic({ tenant }: IncomingCall, { clientId, rateLimit }: ClientEntry): Refusal | undefined {
  if (rateLimit === undefined) return undefined;
  const { allowed, resetsAt } = tenant.rateLimiter.count(clientId, rateLimit, tenant.clock.now());
  if (allowed) return undefined;
  return refuse(
    'traffic-exceeded',
    `the client ${clientId} may send ${rateLimit.max} calls in ${rateLimit.per / 1000} s: wait until the emulator's clock says ${at(resetsAt)}`,
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
  const orSecondary =
    secondaryMerchantId === undefined ? '' : ` (or ${secondaryMerchantId}, the authorization's secondary merchant)`;
  return refuse(
    'auth-client-mismatch',
    `${operation.wireName('authClient', json.value as object)} is ${authClient}: expected ${record.referenceClientId ?? clientId}, the client of the header Client-Id${orSecondary}`,
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
    return refuse(
      'app-unknown',
      `appId ${appId} is ${app === undefined ? 'unknown' : "another client's"}: ${apps.length > 0 ? `expected ${apps.slice(0, 5).join(' or ')}` : `the client ${clientId} has no mini program; add one to apps.json`}`,
    );
  }
  found.app = app;
  return undefined;
}

function checkStatus({ clientId, status }: ClientEntry): Refusal | undefined {
  return status === 'ACTIVE'
    ? undefined
    : refuse('client-suspended', `the client ${clientId} is suspended: set its status to ACTIVE, or use another client`);
}
