import type { SentAccessToken, SentAuthCode, SentRefreshToken } from './credentials.js';
import { at, type Refusal, refuse, shorten } from './outcomes.js';
import type { AccessToken, AuthCode, Grant, Redemption, RefreshToken } from './store.js';

// Why codes and tokens are refused: one text for the wire, and a longer one for the journal if it says more.

/** Why a redemption failed. */
type Failed<Credential> = Exclude<Redemption<Credential>, { state: 'redeemed' }>;

/** The outcome for each field whose code or token does not exist for the caller. */
const unknownOutcomes = {
  authCode: 'auth-code-unknown',
  refreshToken: 'refresh-token-unknown',
  accessToken: 'access-token-unknown',
} as const;

/** The granted scopes read nothing of the user. */
export function refuseNothingToRead(scopes: readonly string[]): Refusal {
  return refuse(
    'access-denied',
    `the granted scopes (${scopes.join(', ')}) read nothing of the user: ask the user for a scope that does, such as USER_ID`,
  );
}

/** Another wallet issued the code or token, before the tenant switched wallets. */
export function refuseOtherWallet(field: keyof typeof unknownOutcomes, value: string, wallet: string): Refusal {
  return refuse(
    unknownOutcomes[field],
    `${field} ${shorten(value)} was issued by the wallet ${wallet}, which ran here before: get a new one from the wallet that runs now`,
  );
}

export function refuseAuthCode({ value }: SentAuthCode, failed: Failed<AuthCode>): Refusal {
  const shown = `authCode ${shorten(value)}`;
  if (failed.state === 'unknown') {
    return refuse(
      'auth-code-unknown',
      `${shown} does not exist: it was never issued, or the emulator was reset or restarted since then`,
    );
  }
  const code = failed.credential;
  switch (failed.state) {
    case 'other-client':
      return refuse(
        'auth-code-unknown',
        `${shown} was issued to another client`,
        `${shown} was issued to the client ${code.clientId}, and another client sent it`,
      );
    case 'other-app':
      return refuse(
        'auth-code-unknown',
        `${shown} was issued to another mini program of this client: send the appId ${code.appId}`,
      );
    case 'expired':
      return refuse(
        'auth-code-expired',
        `${shown} expired at ${at(code.expiresAt)}: exchange a code as soon as the mini program gets it`,
        `${shown} was issued at ${at(code.issuedAt)} and expired at ${at(code.expiresAt)}`,
      );
    default:
      return refuse(
        'auth-code-used',
        `${shown} was exchanged at ${at(code.usedAt ?? 0)}, and a code works once: get a new one with my.getAuthCode`,
        `${shown} was exchanged at ${at(code.usedAt ?? 0)} by the client ${code.clientId}`,
      );
  }
}

export function refuseRefreshToken({ value, stored }: SentRefreshToken, failed: Failed<RefreshToken>): Refusal {
  const shown = `refreshToken ${shorten(value)}`;
  if (failed.state === 'unknown' || stored === undefined) return refuseUnknownToken('refreshToken', shown);
  const { grant } = stored;
  const token = failed.credential as RefreshToken;
  switch (failed.state) {
    case 'other-client':
      return refuse(
        'refresh-token-unknown',
        `${shown} was issued to another client`,
        `${shown} was issued to the client ${grant.clientId}, and another client sent it`,
      );
    case 'other-app':
      return refuseOtherApp('refreshToken', shown, grant);
    case 'revoked':
      return refuseRevoked('refreshToken', shown, grant);
    case 'expired':
      return refuse('refresh-token-expired', `${shown} expired at ${at(token.expiresAt)}: ask the user for a new authorization`);
    default:
      return refuse(
        'refresh-token-used',
        `${shown} was used at ${at(token.usedAt ?? 0)}, and a refreshToken works once: use the one from the newest pair`,
      );
  }
}

/** An access token that exists and does not work. */
interface FailedAccess {
  state: 'other-client' | 'other-app' | 'revoked' | 'expired';
  token: AccessToken;
  grant: Grant;
  /** The client that sent it. */
  clientId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

export function refuseAccessToken({ value }: SentAccessToken, failed: { state: 'unknown' } | FailedAccess): Refusal {
  const shown = `accessToken ${shorten(value)}`;
  if (failed.state === 'unknown') return refuseUnknownToken('accessToken', shown);
  const { token, grant, clientId, now } = failed;
  switch (failed.state) {
    case 'other-client':
      return refuse(
        'access-token-unknown',
        `${shown} was issued to another client, and ${clientId} sent it`,
        `${shown} was issued to the client ${grant.clientId}, and ${clientId} sent it`,
      );
    case 'other-app':
      return refuseOtherApp('accessToken', shown, grant);
    case 'revoked':
      return refuseRevoked('accessToken', shown, grant);
    default:
      return refuse(
        'access-token-expired',
        `${shown} expired at ${at(token.expiresAt)}: refresh it with its refreshToken`,
        `${shown} was issued at ${at(token.issuedAt)} and expired at ${at(token.expiresAt)}; the emulator's clock says ${at(now)}`,
      );
  }
}

type TokenField = 'refreshToken' | 'accessToken';

function refuseUnknownToken(field: TokenField, shown: string): Refusal {
  return refuse(
    unknownOutcomes[field],
    `${shown} does not exist: it was never issued, its user was removed, or the emulator was reset since then`,
  );
}

function refuseOtherApp(field: TokenField, shown: string, { appId }: Grant): Refusal {
  return refuse(unknownOutcomes[field], `${shown} was issued to another mini program of this client: send the appId ${appId}`);
}

function refuseRevoked(field: TokenField, shown: string, { revokedAt = 0, revokedBy }: Grant): Refusal {
  const message = `${shown} was revoked at ${at(revokedAt)} by ${revokedBy}: ask the user for a new authorization`;
  return { ...refuse(unknownOutcomes[field], message), revoked: true };
}
