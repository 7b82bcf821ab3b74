import { at, type Refusal, refuse, shorten } from './outcomes.js';
import type { AccessToken, AuthCode, Grant, Redemption, RefreshToken } from './store.js';

/** Why codes and tokens are refused, in words: for the wire, and at length for the journal. */
export function readsNothing(scopes: readonly string[]): Refusal {
  return refuse(
    'access-denied',
    `no granted scope reads anything of the user (granted: ${scopes.join(', ')}): ask the user for one that does, such as USER_ID`,
  );
}

export function foreign(
  outcome: 'auth-code-unknown' | 'refresh-token-unknown' | 'access-token-unknown',
  field: string,
  value: string,
  wallet: string,
): Refusal {
  return refuse(
    outcome,
    `${field} ${shorten(value)} was issued by the wallet ${wallet}, before this emulator was switched to another one`,
  );
}

function revokedText(field: string, shown: string, grant: Grant): string {
  return `${field} ${shown} was revoked at ${at(grant.revokedAt ?? 0)} by ${grant.revokedBy}: ask the user for authorization again`;
}

export function refuseCode(authCode: string, redemption: Exclude<Redemption<AuthCode>, { state: 'redeemed' }>): Refusal {
  const shown = shorten(authCode);
  if (redemption.state === 'unknown') {
    return refuse(
      'auth-code-unknown',
      `authCode ${shown} is not known here: it was never issued, or the emulator was reset or restarted since`,
    );
  }
  const code = redemption.credential;
  switch (redemption.state) {
    case 'other-client':
      return refuse(
        'auth-code-unknown',
        `authCode ${shown} was issued to another client`,
        `authCode ${shown} was issued to the client ${code.clientId}, and another one sent it`,
      );
    case 'other-app':
      return refuse(
        'auth-code-unknown',
        `authCode ${shown} was issued to another mini program of this client: send the appId ${code.appId}`,
      );
    case 'expired':
      return refuse(
        'auth-code-expired',
        `authCode ${shown} expired at ${at(code.expiresAt)}: exchange it as soon as the mini program hands it over`,
        `authCode ${shown} was issued at ${at(code.issuedAt)} and expired at ${at(code.expiresAt)}`,
      );
    default:
      return refuse(
        'auth-code-used',
        `authCode ${shown} was exchanged at ${at(code.usedAt ?? 0)}; a code works once: ask for a new one with my.getAuthCode`,
        `authCode ${shown} was exchanged at ${at(code.usedAt ?? 0)} by the client ${code.clientId}`,
      );
  }
}

export function refuseRefreshToken(
  refreshToken: string,
  redemption: Exclude<Redemption<RefreshToken>, { state: 'redeemed' }>,
  grant?: Grant,
): Refusal {
  const shown = shorten(refreshToken);
  if (redemption.state === 'unknown' || grant === undefined) {
    return refuse(
      'refresh-token-unknown',
      `refreshToken ${shown} is not known here: it was never issued, its user was removed, or the emulator was reset since`,
    );
  }
  const token = redemption.credential as RefreshToken;
  switch (redemption.state) {
    case 'other-client':
      return refuse(
        'refresh-token-unknown',
        `refreshToken ${shown} was issued to another client`,
        `refreshToken ${shown} belongs to the client ${grant.clientId}, and another one sent it`,
      );
    case 'other-app':
      return refuse(
        'refresh-token-unknown',
        `refreshToken ${shown} was issued for another mini program of this client: send the appId ${grant.appId}`,
      );
    case 'revoked':
      return { ...refuse('refresh-token-unknown', revokedText('refreshToken', shown, grant)), revoked: true };
    case 'expired':
      return refuse(
        'refresh-token-expired',
        `refreshToken ${shown} expired at ${at(token.expiresAt)}: ask the user for authorization again`,
      );
    default:
      return refuse(
        'refresh-token-used',
        `refreshToken ${shown} was used at ${at(token.usedAt ?? 0)}; it works once: keep the one that came with the new pair`,
      );
  }
}

/** What is known of an access token that does not work. */
interface KnownAccess {
  token: AccessToken;
  grant: Grant;
  /** Who sent it. */
  caller: string;
  /** Milliseconds since the epoch. */
  now: number;
}

export function refuseAccessToken(accessToken: string, state: 'unknown'): Refusal;
export function refuseAccessToken(
  accessToken: string,
  state: 'other-client' | 'other-app' | 'revoked' | 'expired',
  known: KnownAccess,
): Refusal;
export function refuseAccessToken(accessToken: string, state: string, known?: KnownAccess): Refusal {
  const shown = shorten(accessToken);
  if (known === undefined) {
    return refuse(
      'access-token-unknown',
      `accessToken ${shown} is not known here: it was never issued, its user was removed, or the emulator was reset since`,
    );
  }
  const { token, grant, caller, now } = known;
  switch (state) {
    case 'other-client':
      return refuse(
        'access-token-unknown',
        `accessToken ${shown} was issued to another client than ${caller}`,
        `accessToken ${shown} belongs to the client ${grant.clientId}, and ${caller} sent it`,
      );
    case 'other-app':
      return refuse(
        'access-token-unknown',
        `accessToken ${shown} was issued for another mini program of this client: send the appId ${grant.appId}`,
      );
    case 'revoked':
      return { ...refuse('access-token-unknown', revokedText('accessToken', shown, grant)), revoked: true };
    default:
      return refuse(
        'access-token-expired',
        `accessToken ${shown} expired at ${at(token.expiresAt)}: refresh it with its refreshToken`,
        `accessToken ${shown} was issued at ${at(token.issuedAt)} and expired at ${at(token.expiresAt)}; it is ${at(now)} on the emulator's clock`,
      );
  }
}
