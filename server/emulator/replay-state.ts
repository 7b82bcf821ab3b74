import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { FittingState, NeededCredential } from '../comparison/fitting-state.js';
import type { Credentials } from '../engine/credentials.js';
import type { AuthCode, Grant, TokenPair } from '../engine/store.js';
import type { StoredGrant } from '../store/grants.js';
import type { Tenant } from '../tenants/tenant.js';
import { tokenFactory } from '../tenants/token-factory.js';

/** A credential that has ended did so this long ago, in milliseconds. */
const endedAgoMs = 60_000;

/** The owner of codes and tokens that an emulator needs. */
export interface CredentialOwner {
  clientId: string;
  appId: string | undefined;
  userId: string;
  scopes: readonly string[];
}

/** Gives a tenant the client and the mini program of a call. */
export function putParties(tenant: Tenant, clientId: string, { client, appId }: FittingState, sentAppId: unknown): void {
  // Most calls of a recording have the same client, and its key need not be parsed again.
  const isKnown = client !== undefined && isDeepStrictEqual(client, tenant.clients.get(clientId)?.record);
  if (client !== undefined && !isKnown) tenant.put('client', clientId, client);
  else if (client === undefined && clientId !== '') tenant.put('client', clientId, undefined);
  if (appId !== undefined) tenant.put('app', appId, { appId, name: appId, clientId });
  else if (typeof sentAppId === 'string' && tenant.apps.get(sentAppId)?.clientId === clientId)
    tenant.put('app', sentAppId, undefined);
}

/** Lets a tenant know a code or token that the platform knew, unless it knows it already. */
export async function putCredential(tenant: Tenant, needed: NeededCredential, owner: CredentialOwner): Promise<void> {
  const { name, value, state } = needed;
  if (tenant.store.issued(value)) return;
  const now = tenant.clock.now();
  const issuedAt = state === 'live' ? now : now - 2 * endedAgoMs;
  const used = state === 'used' ? { usedAt: now - endedAgoMs } : {};
  if (name === 'authCode') {
    const expiresAt = expiryOf(state, now, tenant.profile.lifetimes.authCode);
    await tenant.store.saveAuthCode({ ...newCode(tenant, value, owner), issuedAt, expiresAt, ...used });
    return;
  }
  const { lifetimes } = tenant.profile;
  const expiresAt = expiryOf(state, now, lifetimes[name]);
  // Nobody knows the other token of the pair. It has the form that the wallet gives it.
  const factory = tokenFactory(tenant.profile.source, { privateKey: tenant.platformKey, name: () => 'https://emulator.example' });
  const about = { ...owner, issuedAt, issuer: undefined };
  const access = name === 'accessToken' ? value : await factory.accessToken(about, expiresAt);
  const refresh = name === 'refreshToken' ? value : await factory.refreshToken(about, expiresAt);
  const pair = pairOf(
    { accessToken: access, expiresAt: name === 'accessToken' ? expiresAt : now + lifetimes.accessToken },
    { refreshToken: refresh, expiresAt: name === 'refreshToken' ? expiresAt : now + lifetimes.refreshToken },
    issuedAt,
  );
  const grant = newGrant(tenant, owner);
  await tenant.store.savePair(grant, withGrant(grant, { ...pair, refresh: { ...pair.refresh, ...used } }));
}

function expiryOf(state: NeededCredential['state'], now: number, lifetime: number): number {
  return state === 'expired' ? now - endedAgoMs : now + lifetime;
}

/** A code that is not stored yet, without its times. */
export function newCode({ profile }: Tenant, authCode: string, owner: CredentialOwner): Omit<AuthCode, 'issuedAt' | 'expiresAt'> {
  const { clientId, appId, userId, scopes } = owner;
  return { wallet: profile.name, authCode, clientId, ...(appId !== undefined && { appId }), userId, scopes };
}

export function newGrant({ profile, clock }: Tenant, { clientId, appId, userId, scopes }: CredentialOwner): Grant {
  return {
    wallet: profile.name,
    grantId: randomUUID(),
    clientId,
    ...(appId !== undefined && { appId }),
    userId,
    scopes,
    startedAt: clock.now(),
  };
}

type Bare<Token> = Omit<Token, 'grantId' | 'issuedAt' | 'accessToken' | 'refreshToken'>;

/** A pair without its grant. */
export function pairOf(
  access: Bare<TokenPair['access']> & { accessToken: string },
  refresh: Bare<TokenPair['refresh']> & { refreshToken: string },
  issuedAt: number,
): TokenPair {
  const { accessToken } = access;
  const { refreshToken } = refresh;
  const common = { grantId: '', accessToken, refreshToken, issuedAt };
  return { access: { ...common, ...access }, refresh: { ...common, ...refresh } };
}

export function withGrant({ grantId }: Grant, { access, refresh }: TokenPair): TokenPair {
  return { access: { ...access, grantId }, refresh: { ...refresh, grantId } };
}

/** The user and the scopes of the stored code or token of a call change to what the platform's answer shows. */
export function changeOwner(
  { store }: Tenant,
  credentials: Credentials,
  changes: { userId: string; scopes: readonly string[] },
): void {
  const code = credentials.authCode?.stored;
  if (code !== undefined) store.adopt('auth-codes', code.authCode, { ...code, ...changes });
  const grant = (credentials.accessToken ?? credentials.refreshToken)?.stored?.grant;
  if (grant !== undefined) store.adopt('grants', grant.grantId, { ...(grant as StoredGrant), ...changes });
}

/** Restores the codes, tokens and grants of a call that the platform refused and the emulator did not. */
export function restoreCredentials({ store }: Tenant, { authCode, accessToken, refreshToken }: Credentials): void {
  if (authCode?.stored !== undefined) store.adopt('auth-codes', authCode.value, authCode.stored);
  if (refreshToken?.stored !== undefined) store.adopt('refresh-tokens', refreshToken.value, refreshToken.stored.token);
  if (accessToken?.stored !== undefined) store.adopt('access-tokens', accessToken.value, accessToken.stored.token);
  const grant = (accessToken ?? refreshToken)?.stored?.grant;
  if (grant !== undefined) store.adopt('grants', grant.grantId, grant as StoredGrant);
}
