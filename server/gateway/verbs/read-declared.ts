import { type OperationResult, refuse } from '../../engine/outcomes.js';
import { readUser } from '../../engine/user-info.js';
import type { Answer, Task, Verb } from './verb.js';

/** An operation that a profile declares: a live token, the scope that it needs, and an answer by its tree. */
export const readDeclared: Verb = async (task) => {
  const { tenant, operation, caller, fields } = task;
  if (operation.anyToken) return readAnyToken(task);
  const access = await tenant.tokens.access(fields.accessToken as string, caller);
  if (access.outcome !== 'done') return access;
  const { user, grant } = access;
  if (operation.scope !== undefined && !tenant.profile.scopes.covered(grant.scopes).has(operation.scope)) {
    return refuse(
      'access-denied',
      `${operation.name} needs the scope ${operation.scope}, and the user granted ${grant.scopes.join(', ')}: ask for it with my.getAuthCode`,
    );
  }
  return {
    outcome: 'done',
    answer: { user, grant, userInfo: readUser(user, grant.scopes, tenant.profile.scopes) },
    reason: `the user ${user.userId} granted ${grant.scopes.join(', ')}, and ${operation.name} needs ${operation.scope ?? 'no scope of its own'}`,
  };
};

/** How a token stands, whether it still works or not. */
async function readAnyToken({ tenant, caller, fields }: Task): Promise<OperationResult<{ answer: Answer }>> {
  const found = await tenant.tokens.inspect(fields.accessToken as string, caller);
  if (found.outcome !== 'done') return found;
  const { pair, grant, user, status } = found;
  const answer = {
    accessToken: pair.access.accessToken,
    accessTokenExpiresAt: pair.access.expiresAt,
    refreshToken: pair.refresh.refreshToken,
    refreshTokenExpiresAt: pair.refresh.expiresAt,
    tokenStatus: status,
    grant,
    user,
  };
  return { outcome: 'done', answer, reason: `the accessToken of the user ${user.userId} is ${status}` };
}
