import { at, type Refusal, refuse, shorten } from '../engine/outcomes.js';
import type { Fields } from '../profiles/fields.js';
import type { ClientEntry } from '../records/entries.js';
import { type CallFindings, header, type IncomingCall } from './call.js';

/** Agent token, traffic, authClientId, appId and the client's status: what is checked once the fields are known. */
export function checkCaller(call: IncomingCall, client: ClientEntry, fields: Fields, found: CallFindings): Refusal | undefined {
  return (
    checkAgentToken(call, client) ??
    checkTraffic(call, client) ??
    checkAuthClient(client, fields, found) ??
    checkApp(call, client, fields, found) ??
    checkStatus(client)
  );
}

function checkAgentToken(call: IncomingCall, { agentTokens, clientId }: ClientEntry): Refusal | undefined {
  const token = header(call, 'agent-token');
  if (agentTokens === undefined || token === '') return undefined;
  const expiresAt = agentTokens.get(token);
  if (expiresAt === undefined)
    return refuse(
      'agent-token-unknown',
      `the header Agent-Token ${shorten(token)} is none of the agentTokens of the client ${clientId}`,
    );
  if (expiresAt <= call.tenant.clock.now())
    return refuse(
      'agent-token-expired',
      `the header Agent-Token ${shorten(token)} expired at ${at(expiresAt)}: send a current one`,
    );
  return undefined;
}

function checkTraffic({ tenant }: IncomingCall, { clientId, rateLimit }: ClientEntry): Refusal | undefined {
  if (rateLimit === undefined) return undefined;
  const { within, until } = tenant.traffic.count(clientId, rateLimit, tenant.clock.now());
  if (within) return undefined;
  return refuse(
    'traffic-exceeded',
    `the client ${clientId} may call ${rateLimit.max} times in ${rateLimit.per / 1000} s: wait until ${at(until)} on the emulator's clock, and slow down`,
  );
}

function checkAuthClient({ clientId, record }: ClientEntry, { authClient }: Fields, found: CallFindings): Refusal | undefined {
  if (authClient === undefined || authClient === clientId || authClient === record.referenceClientId) return undefined;
  return refuse(
    'auth-client-mismatch',
    `${found.operation?.wireName('authClient')} is ${authClient}: expected ${record.referenceClientId ?? clientId}, the client that the header Client-Id names`,
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
      `appId ${appId} is ${app === undefined ? 'unknown' : "another client's"}: expected ${apps.length > 0 ? apps.slice(0, 5).join(' or ') : 'one of this client, which has none'}`,
    );
  }
  found.app = app;
  return undefined;
}

function checkStatus({ clientId, status }: ClientEntry): Refusal | undefined {
  return status === 'ACTIVE'
    ? undefined
    : refuse('client-suspended', `the client ${clientId} is suspended: set its status to ACTIVE, or call with another one`);
}
