import { type OperationResult, type Refusal, refuse } from '../../engine/outcomes.js';
import type { GrantType } from '../../engine/parties.js';
import type { IssuedTokens } from '../../engine/tokens.js';
import { readUser } from '../../engine/user-info.js';
import type { Fields } from '../../profiles/fields.js';
import type { ClientEntry } from '../../records/entries.js';
import type { Answer, Task } from './verb.js';

/** Code, refresh token, or for some operations a live access token → a pair of tokens, and what they read. */
export async function exchange(task: Task): Promise<OperationResult<{ answer: Answer }>> {
  const { tenant, operation, client, caller, fields } = task;
  const grantType = grantTypeOf(fields);
  if (grantType === undefined) {
    return operation.withUserInfo && fields.accessToken !== undefined
      ? readWithToken(task)
      : refuse('parameter-illegal', 'authCode, refreshToken or accessToken is missing: send one of them');
  }
  const refusal = checkGrantType(client, grantType);
  if (refusal !== undefined) return refusal;
  const issued =
    grantType === 'AUTHORIZATION_CODE'
      ? await tenant.tokens.exchange(fields.authCode as string, caller, operation.withUserInfo)
      : await tenant.tokens.refresh(fields.refreshToken as string, caller, operation.withUserInfo);
  if (issued.outcome !== 'done') return issued;
  return {
    ...issued,
    answer: tokensAnswer(issued, operation.mentionsUserInfo && readUser(issued.user, issued.grant.scopes, tenant.profile.scopes)),
  };
}

/** A live access token does as well as a code: the answer is its pair, and what it reads. */
async function readWithToken({ tenant, caller, fields }: Task): Promise<OperationResult<{ answer: Answer }>> {
  const accessToken = fields.accessToken as string;
  const read = await tenant.tokens.readUser(accessToken, caller);
  if (read.outcome !== 'done') return read;
  const pair = await tenant.tokens.pairOf(accessToken);
  return {
    ...read,
    answer: { ...(pair && tokensAnswer({ pair, grant: read.grant, user: read.user }, undefined)), userInfo: read.userInfo },
  };
}

function tokensAnswer({ pair, grant, user }: IssuedTokens, userInfo: object | false | undefined): Answer {
  return {
    accessToken: pair.access.accessToken,
    accessTokenExpiresAt: pair.access.expiresAt,
    refreshToken: pair.refresh.refreshToken,
    refreshTokenExpiresAt: pair.refresh.expiresAt,
    user,
    grant,
    ...(userInfo && { userInfo }),
  };
}

function grantTypeOf({ grantType, authCode, refreshToken, accessToken }: Fields): GrantType | undefined {
  if (grantType !== undefined) return grantType as GrantType;
  if (accessToken !== undefined) return undefined;
  return authCode !== undefined ? 'AUTHORIZATION_CODE' : refreshToken !== undefined ? 'REFRESH_TOKEN' : undefined;
}

function checkGrantType({ clientId, grantTypes }: ClientEntry, grantType: GrantType): Refusal | undefined {
  if (grantTypes.includes(grantType)) return undefined;
  return refuse(
    'grant-type-not-allowed',
    `the client ${clientId} may not use the grantType ${grantType}: it may use ${grantTypes.join(', ') || 'none'}`,
  );
}
