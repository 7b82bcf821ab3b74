import type { SentAccessToken, SentAuthCode, SentRefreshToken } from '../../engine/credentials.js';
import { type OperationResult, type Refusal, refuse } from '../../engine/outcomes.js';
import type { GrantType } from '../../engine/parties.js';
import type { Scopes } from '../../engine/scopes.js';
import type { IssuedTokens } from '../../engine/tokens.js';
import { customerIdOf, readUser } from '../../engine/user-info.js';
import type { Fields } from '../../profiles/fields.js';
import type { ClientEntry } from '../../records/entries.js';
import { text } from '../../texts/text.js';
import type { Answer, Task } from './verb.js';

/** Exchanges an authCode or a refresh token for a pair of tokens. Some operations answer with the user's information too. */
export async function exchange(task: Task): Promise<OperationResult<{ answer: Answer }>> {
  const { tenant, operation, client, caller, fields, credentials } = task;
  const grantType = grantTypeOf(fields);
  if (grantType === undefined) {
    return operation.withUserInfo && fields.accessToken !== undefined
      ? readWithToken(task)
      : refuse('parameter-illegal', text('credentials-missing'));
  }
  const refusal = checkGrantType(client, grantType);
  if (refusal !== undefined) return refusal;
  const issued =
    grantType === 'AUTHORIZATION_CODE'
      ? await tenant.tokens.exchange(credentials.authCode as SentAuthCode, caller, operation.withUserInfo)
      : await tenant.tokens.refresh(credentials.refreshToken as SentRefreshToken, caller, operation.withUserInfo);
  if (issued.outcome !== 'done') return issued;
  const { scopes } = tenant.profile;
  const answer = tokensAnswer(issued, scopes);
  if (operation.mentionsUserInfo) answer.userInfo = readUser(issued.user, issued.grant.scopes, scopes, caller.baseUrl);
  return { outcome: 'done', reason: issued.reason, answer };
}

/** Answers a live access token with its pair and the user's information. */
async function readWithToken({ tenant, caller, credentials }: Task): Promise<OperationResult<{ answer: Answer }>> {
  const read = tenant.tokens.readUser(credentials.accessToken as SentAccessToken, caller);
  if (read.outcome !== 'done') return read;
  const { token, grant, user, userInfo, reason } = read;
  const pair = await tenant.tokens.pairOf(token);
  const answer = pair === undefined ? {} : tokensAnswer({ pair, grant, user }, tenant.profile.scopes);
  return { outcome: 'done', reason, answer: { userInfo, ...answer } };
}

function tokensAnswer({ pair, grant, user }: IssuedTokens, scopes: Scopes): Answer {
  return {
    accessToken: pair.access.accessToken,
    accessTokenExpiresAt: pair.access.expiresAt,
    refreshToken: pair.refresh.refreshToken,
    refreshTokenExpiresAt: pair.refresh.expiresAt,
    customerId: customerIdOf(user, grant.scopes, scopes),
    user,
    grant,
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
    text('grant-type-not-allowed', { clientId, grantType, grantTypes: grantTypes.length > 0 ? grantTypes : text('none') }),
  );
}
