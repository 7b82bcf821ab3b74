import type { SentAccessToken } from '../../engine/credentials.js';
import { type OperationResult, refuse } from '../../engine/outcomes.js';
import { readUser } from '../../engine/user-info.js';
import { text } from '../../texts/text.js';
import type { Answer, Task, Verb } from './verb.js';

/** Answers an operation that the profile declares, if the token is live and has the scope that the operation needs. */
export const readDeclared: Verb = async (task) => {
  const { tenant, operation, caller, credentials } = task;
  if (operation.anyToken) return readAnyToken(task);
  const access = tenant.tokens.access(credentials.accessToken as SentAccessToken, caller);
  if (access.outcome !== 'done') return access;
  const { user, grant } = access;
  if (operation.scope !== undefined && !tenant.profile.scopes.covered(grant.scopes).has(operation.scope)) {
    return refuse(
      'access-denied',
      text('scope-needed', { operation: operation.name, scope: operation.scope, scopes: grant.scopes }),
    );
  }
  return {
    outcome: 'done',
    answer: { user, grant, userInfo: readUser(user, grant.scopes, tenant.profile.scopes, caller.baseUrl) },
    reason: text('declared-read', {
      userId: user.userId,
      scopes: grant.scopes,
      operation: operation.name,
      scope: operation.scope ?? text('no-scope'),
    }),
  };
};

/** Answers with the status of a token, live or not. */
async function readAnyToken({ tenant, caller, credentials }: Task): Promise<OperationResult<{ answer: Answer }>> {
  const inspected = await tenant.tokens.inspect(credentials.accessToken as SentAccessToken, caller);
  if (inspected.outcome !== 'done') return inspected;
  const { pair, grant, user, status } = inspected;
  const answer = {
    accessToken: pair.access.accessToken,
    accessTokenExpiresAt: pair.access.expiresAt,
    refreshToken: pair.refresh.refreshToken,
    refreshTokenExpiresAt: pair.refresh.expiresAt,
    tokenStatus: status,
    grant,
    user,
  };
  return { outcome: 'done', answer, reason: text('token-status', { userId: user.userId, status }) };
}
