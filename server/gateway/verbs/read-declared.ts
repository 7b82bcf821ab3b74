import { type Ending, refuse } from '../../platform/outcomes.js';
import { readUser } from '../../platform/user-info.js';
import type { Answer, Task, Verb } from './verb.js';

/** An operation that a profile declares: a live token, the scope that it needs, and an answer by its tree. */
export const readDeclared: Verb = async (task) => {
  const { tenant, operation, caller, fields } = task;
  if (operation.anyToken) return readAnyToken(task);
  const access = await tenant.tokens.access(fields.accessToken as string, caller);
  if (access.outcome !== 'done') return access;
  const { user, line } = access;
  if (operation.scope !== undefined && !tenant.profile.scopes.covered(line.scopes).has(operation.scope)) {
    return refuse(
      'access-denied',
      `${operation.name} needs the scope ${operation.scope}, and the user granted ${line.scopes.join(', ')}: ask for it with my.getAuthCode`,
    );
  }
  return {
    outcome: 'done',
    answer: { user, line, userInfo: readUser(user, line.scopes, tenant.profile.scopes) },
    reason: `the user ${user.userId} granted ${line.scopes.join(', ')}, and ${operation.name} needs ${operation.scope ?? 'no scope of its own'}`,
  };
};

/** How a token stands, whether it still works or not. */
async function readAnyToken({ tenant, caller, fields }: Task): Promise<Ending<{ answer: Answer }>> {
  const found = await tenant.tokens.inspect(fields.accessToken as string, caller);
  if (found.outcome !== 'done') return found;
  const { pair, line, user, status } = found;
  const answer = {
    accessToken: pair.access.accessToken,
    accessTokenExpiresAt: pair.access.expiresAt,
    refreshToken: pair.refresh.refreshToken,
    refreshTokenExpiresAt: pair.refresh.expiresAt,
    tokenStatus: status,
    line,
    user,
  };
  return { outcome: 'done', answer, reason: `the accessToken of the user ${user.userId} is ${status}` };
}
