import type { OutcomeName } from '../engine/outcomes.js';
import { headerOf } from '../recordings/exchange.js';
import type { ClientRecord } from '../records/schema.js';
import type { PlatformCall } from './platform-call.js';
import { type CredentialName, credentialIn } from './platform-outcome.js';

/** A code or token that the emulator must know to answer as the platform did, unless it knows it already. */
export interface NeededCredential {
  name: CredentialName;
  value: string;
  state: 'live' | 'used' | 'expired';
}

/** The state with which an emulator answers as the platform did, as far as the profile can. */
export interface FittingState {
  /** Undefined: the platform does not know the client. */
  client: ClientRecord | undefined;
  /** The mini program that belongs to the client. */
  appId: string | undefined;
  /** The user that exists, if the request names one. */
  userId: string | undefined;
  credential: NeededCredential | undefined;
  /** True if the grant has no scope that the operation needs. */
  lacksScope: boolean;
  /** The outcome that no state causes: it is set for this call. */
  forced: OutcomeName | undefined;
}

const forcedOutcomes: readonly (OutcomeName | undefined)[] = ['traffic-exceeded', 'process-failed', 'exception-unknown'];
const usedOutcomes: readonly (OutcomeName | undefined)[] = ['auth-code-used', 'refresh-token-used'];
const expiredOutcomes: readonly (OutcomeName | undefined)[] = [
  'auth-code-expired',
  'refresh-token-expired',
  'access-token-expired',
];
const unknownOutcomes: readonly (OutcomeName | undefined)[] = [
  'auth-code-unknown',
  'refresh-token-unknown',
  'access-token-unknown',
  undefined,
];

/**
 * Finds the state that fits an answer of the platform.
 * @param outcome what the platform's answer means; undefined if the profile does not tell
 * @param fields of the request, by the engine's names
 * @param registered the client of the fixtures with the id of the call's client
 */
export function fittingState(
  call: PlatformCall,
  outcome: OutcomeName | undefined,
  fields: Readonly<Record<string, unknown>>,
  registered: ClientRecord | undefined,
): FittingState {
  const isForced = forcedOutcomes.includes(outcome);
  return {
    client: outcome === 'client-unknown' || call.clientId === '' ? undefined : clientOf(call, outcome, fields, registered),
    appId: outcome !== 'app-unknown' && typeof fields.appId === 'string' ? fields.appId : undefined,
    userId: outcome === 'done' && typeof fields.userId === 'string' ? fields.userId : undefined,
    credential: neededCredential(outcome, fields),
    lacksScope: outcome === 'access-denied',
    forced: isForced ? outcome : undefined,
  };
}

function clientOf(
  { clientId, exchange }: PlatformCall,
  outcome: OutcomeName | undefined,
  { authClient, grantType }: Readonly<Record<string, unknown>>,
  registered: ClientRecord | undefined,
): ClientRecord {
  const base: ClientRecord = { ...(registered ?? { clientId, name: clientId }) };
  for (const name of ['agentTokens', 'rateLimit', 'notifyUrl', 'referenceClientId'] as const) delete base[name];
  // A platform that did what it was asked for has allowed the address and the scopes.
  if (outcome === 'done') for (const name of ['redirectUrls', 'scopes'] as const) delete base[name];
  // Without a key, no signature verifies. With `off`, those of a recording with pseudonyms need not.
  const isSignatureWrong = outcome === 'signature-invalid';
  if (isSignatureWrong) delete base.publicKey;
  const isOtherId = typeof authClient === 'string' && authClient !== clientId && outcome !== 'auth-client-mismatch';
  const agentToken = headerOf(exchange.request.headers, 'agent-token') ?? '';
  return {
    ...base,
    status: outcome === 'client-suspended' ? 'SUSPENDED' : 'ACTIVE',
    signature: isSignatureWrong ? 'required' : 'off',
    grantTypes: (['AUTHORIZATION_CODE', 'REFRESH_TOKEN'] as const).filter(
      (allowed) => outcome !== 'grant-type-not-allowed' || allowed !== grantType,
    ),
    ...(isOtherId && { referenceClientId: authClient }),
    ...(outcome === 'agent-token-unknown' && { agentTokens: [] }),
    ...(outcome === 'agent-token-expired' && { agentTokens: [{ token: agentToken, expiryTime: '1970-01-01T00:00:00Z' }] }),
  };
}

function neededCredential(
  outcome: OutcomeName | undefined,
  fields: Readonly<Record<string, unknown>>,
): NeededCredential | undefined {
  const name = credentialIn(fields);
  if (name === undefined || unknownOutcomes.includes(outcome)) return undefined;
  const state = usedOutcomes.includes(outcome) ? 'used' : expiredOutcomes.includes(outcome) ? 'expired' : 'live';
  return { name, value: fields[name] as string, state };
}
