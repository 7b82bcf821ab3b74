import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type AuthorizationState, authorizationState } from '../tenants/authorization-state.js';
import type { Tenant } from '../tenants/tenant.js';
import { text } from '../texts/text.js';
import { formOf, goBack, noteAction } from './after-action.js';

/** Names a code or token on a page that does not show it whole. */
export function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}

type WithId = { Params: { id: string } };

/** The forms on the page of an authorization: let one of its tokens expire, or revoke it. */
export async function tokenActions(app: FastifyInstance): Promise<void> {
  app.post<WithId>('/authorizations/:id/expire', async (request, reply) => {
    const { tenant, params } = request;
    const place = `/authorizations/${encodeURIComponent(params.id)}`;
    const state = await authorizationState(tenant, params.id);
    const kind = state && (await expireToken(tenant, state, String(formOf(request).token)));
    if (kind === undefined) return goBack(request, reply, 'nothing', place);
    await noteAction(request, reply, 'expireTokens', text('token-expired-by-tester', { token: kind }), factsOf(params.id, state));
    return goBack(request, reply, 'token-expired', place);
  });
  app.post<WithId>('/authorizations/:id/revoke', async (request, reply) => {
    const { tenant, params } = request;
    const place = `/authorizations/${encodeURIComponent(params.id)}`;
    const state = await authorizationState(tenant, params.id);
    const revoked = state?.grant !== undefined && (await tenant.tokens.revokeGrant(state.grant, 'revoker-tester'));
    if (!revoked) return goBack(request, reply, 'nothing', place);
    await noteAction(
      request,
      reply,
      'revokeTokens',
      text('authorizations-revoked', { authorizations: text('one-authorization') }),
      factsOf(params.id, state),
    );
    return goBack(request, reply, 'token-revoked', place);
  });
}

function factsOf(authorizationId: string, state: AuthorizationState | undefined) {
  const { clientId, appId, userId } = state ?? {};
  return {
    authorizationId,
    ...(clientId !== undefined && { clientId }),
    ...(appId !== undefined && { appId }),
    ...(userId !== undefined && { userId }),
  };
}

/** Lets the token with a fingerprint expire now. @returns its kind; undefined if there is none, or if it has expired already */
async function expireToken(
  { store, clock }: Tenant,
  { accessTokens, refreshTokens }: AuthorizationState,
  print: string,
): Promise<'accessToken' | 'refreshToken' | undefined> {
  const access = accessTokens.find(({ accessToken }) => fingerprint(accessToken) === print);
  if (access !== undefined) return (await store.expireAccessToken(access.accessToken, clock.now())) ? 'accessToken' : undefined;
  const refresh = refreshTokens.find(({ refreshToken }) => fingerprint(refreshToken) === print);
  const expired = refresh?.usedAt === undefined && refresh && (await store.expireRefreshToken(refresh.refreshToken, clock.now()));
  return expired === true ? 'refreshToken' : undefined;
}
