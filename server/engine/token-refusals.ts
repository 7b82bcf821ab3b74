import { type Text, text } from '../texts/text.js';
import type { SentAccessToken, SentAuthCode, SentRefreshToken } from './credentials.js';
import { at, type Refusal, refuse, shorten } from './outcomes.js';
import { revokerText } from './revoker.js';
import type { AccessToken, AuthCode, Grant, Redemption, RefreshToken } from './store.js';

// The reasons why codes and tokens are refused: one text for the wire, and a longer one for the journal if it says more.

/** The reason why a redemption failed. */
type Failed<Credential> = Exclude<Redemption<Credential>, { state: 'redeemed' }>;

/** The outcome for each field whose code or token does not exist for the caller. */
const unknownOutcomes = {
  authCode: 'auth-code-unknown',
  refreshToken: 'refresh-token-unknown',
  accessToken: 'access-token-unknown',
} as const;

/** The granted scopes read nothing of the user. */
export function refuseNothingToRead(scopes: readonly string[]): Refusal {
  return refuse('access-denied', text('nothing-to-read', { scopes }));
}

/** Another wallet issued the code or token, before the tenant switched wallets. */
export function refuseOtherWallet(field: keyof typeof unknownOutcomes, value: string, wallet: string): Refusal {
  return refuse(unknownOutcomes[field], text('other-wallet', { field, value: shorten(value), wallet }));
}

export function refuseAuthCode({ value: whole }: SentAuthCode, failed: Failed<AuthCode>): Refusal {
  const value = shorten(whole);
  if (failed.state === 'unknown') return refuse('auth-code-unknown', text('code-unknown', { value }));
  const code = failed.credential;
  const expiresAt = at(code.expiresAt);
  switch (failed.state) {
    case 'other-client':
      return refuseOtherClient('authCode', value, code.clientId);
    case 'other-app':
      return refuseOtherApp('authCode', value, code.appId);
    case 'expired':
      return refuse(
        'auth-code-expired',
        text('code-expired', { value, expiresAt }),
        text('code-expired-issued', { value, issuedAt: at(code.issuedAt), expiresAt }),
      );
    default: {
      const usedAt = at(code.usedAt ?? 0);
      return refuse(
        'auth-code-used',
        text('code-used', { value, usedAt }),
        text('code-used-by', { value, usedAt, client: code.clientId }),
      );
    }
  }
}

export function refuseRefreshToken({ value: whole, stored }: SentRefreshToken, failed: Failed<RefreshToken>): Refusal {
  const value = shorten(whole);
  if (failed.state === 'unknown' || stored === undefined) return refuseUnknownToken('refreshToken', value);
  const { grant } = stored;
  const token = failed.credential as RefreshToken;
  switch (failed.state) {
    case 'other-client':
      return refuseOtherClient('refreshToken', value, grant.clientId);
    case 'other-app':
      return refuseOtherApp('refreshToken', value, grant.appId);
    case 'revoked':
      return refuseRevoked('refreshToken', value, grant);
    case 'expired':
      return refuse('refresh-token-expired', text('refresh-token-expired', { value, expiresAt: at(token.expiresAt) }));
    default:
      return refuse('refresh-token-used', text('refresh-token-used', { value, usedAt: at(token.usedAt ?? 0) }));
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

export function refuseAccessToken({ value: whole }: SentAccessToken, failed: { state: 'unknown' } | FailedAccess): Refusal {
  const value = shorten(whole);
  if (failed.state === 'unknown') return refuseUnknownToken('accessToken', value);
  const { token, grant, clientId, now } = failed;
  const expiresAt = at(token.expiresAt);
  switch (failed.state) {
    case 'other-client':
      return refuse(
        'access-token-unknown',
        text('other-client-sent', { field: 'accessToken', value, sender: clientId }),
        text('other-client-named-sent', { field: 'accessToken', value, owner: grant.clientId, sender: clientId }),
      );
    case 'other-app':
      return refuseOtherApp('accessToken', value, grant.appId);
    case 'revoked':
      return refuseRevoked('accessToken', value, grant);
    default:
      return refuse(
        'access-token-expired',
        text('access-token-expired', { value, expiresAt }),
        text('access-token-expired-issued', { value, issuedAt: at(token.issuedAt), expiresAt, now: at(now) }),
      );
  }
}

type TokenField = 'refreshToken' | 'accessToken';
type Field = keyof typeof unknownOutcomes;

function refuseUnknownToken(field: TokenField, value: string): Refusal {
  return refuse(unknownOutcomes[field], text('token-unknown', { field, value }));
}

/** The merchant is not told whose it is; the journal is. */
function refuseOtherClient(field: Field, value: string, owner: string): Refusal {
  return refuse(
    unknownOutcomes[field],
    text('other-client', { field, value }),
    text('other-client-named', { field, value, owner }),
  );
}

function refuseOtherApp(field: Field, value: string, appId = ''): Refusal {
  return refuse(unknownOutcomes[field], text('other-app', { field, value, appId }));
}

function refuseRevoked(field: TokenField, value: string, grant: Grant): Refusal {
  const message: Text = text('token-revoked', {
    field,
    value,
    revokedAt: at(grant.revokedAt ?? 0),
    revoker: revokerText(grant),
  });
  return { ...refuse(unknownOutcomes[field], message), revoked: true };
}
