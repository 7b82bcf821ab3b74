import { refuse } from '../../engine/outcomes.js';
import { decideWithoutUser } from '../../tenants/decide-without-user.js';
import { text } from '../../texts/text.js';
import type { Verb } from './verb.js';

/** Issues a code without a mini program, as some sandboxes do. A user who would be asked counts as agreeing. */
export const issueCode: Verb = async ({ tenant, operation, client, caller, fields }) => {
  const user = tenant.users.get(fields.userId as string);
  if (user === undefined)
    return refuse(
      'parameter-illegal',
      text('user-id-unknown', { field: operation.wireName('userId'), userId: String(fields.userId) }),
    );
  const { app, lifetimes } = caller;
  const request = { client, user, scopes: fields.scopes as string[], ...(app && { app }), ...(lifetimes && { lifetimes }) };
  const { wanted, decision = { decision: 'grant', refuse: user.refuse } } = await decideWithoutUser(tenant, request);
  const { code, granted, refused, reason } = await tenant.authorizations.decide(request, wanted, decision);
  if (code === undefined) return refuse('access-denied', text('no-code-issued', { reason }));
  const { authCode, authorizationId } = code;
  return {
    outcome: 'done',
    answer: { authCode, authorizationId, user, decided: { granted, refused } },
    reason: text('code-issued', { reason }),
  };
};
