import Type, { type Static } from 'typebox';
import type { Grant, GrantOwner } from '../../engine/store.js';
import { closed } from '../../schemas/common.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type Text, text } from '../../texts/text.js';
import { invalid } from '../control-error.js';
import { type Change, noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

export const WhichTokens = Type.Object(
  {
    accessToken: Type.Optional(Type.String({ minLength: 1 })),
    refreshToken: Type.Optional(Type.String({ minLength: 1 })),
    clientId: Type.Optional(Type.String({ minLength: 1 })),
    userId: Type.Optional(Type.String({ minLength: 1 })),
  },
  {
    ...closed,
    description: 'one token, or all tokens of a client, of a user, or of a user with a client',
    examples: [{ clientId: '202016726873874774774000', userId: '1000001119398804002' }],
  },
);
type WhichTokens = Static<typeof WhichTokens>;
const Count = Type.Object(
  { count: Type.Integer({ description: 'how many authorizations were changed' }) },
  { description: 'Done' },
);

type Named = { accessToken: string } | { refreshToken: string } | GrantOwner;

export const expireAndRevoke: ControlPlugin = async (app) => {
  const tags = ['authorization'];
  const expire = {
    operationId: 'expireTokens',
    tags,
    summary: 'Makes tokens expire now',
    description: 'Expires the named token only, or all tokens of a client or user.',
    body: WhichTokens,
    response: responses(200, Count, 400),
  };
  app.post('/_emulator/tokens/expire', { schema: expire }, async (request) => {
    const { tenant, body } = request;
    const named = which(body);
    const grants = liveOf(await grantsOf(tenant, named));
    const count = await expireTokens(tenant, named, grants);
    noteChange(request, text('tokens-expired', { authorizations: authorizations(count) }), about(body, grants));
    return { count };
  });

  const revoke = {
    operationId: 'revokeTokens',
    tags,
    summary: 'Revokes authorizations',
    description: 'Revokes all tokens of the authorization and forgets its consent.',
    body: WhichTokens,
    response: responses(200, Count, 400),
  };
  app.post('/_emulator/tokens/revoke', { schema: revoke }, async (request) => {
    const { tenant, body } = request;
    const grants = liveOf(await grantsOf(tenant, which(body)));
    let count = 0;
    for (const grant of grants) if (await tenant.tokens.revokeGrant(grant, 'revoker-tester')) count++;
    noteChange(request, text('authorizations-revoked', { authorizations: authorizations(count) }), about(body, grants));
    return { count };
  });
};

/** @throws ControlError 400 unless the body names tokens in exactly one of the three ways */
function which({ accessToken, refreshToken, clientId, userId }: WhichTokens): Named {
  const byOwner = clientId !== undefined || userId !== undefined;
  if ([accessToken !== undefined, refreshToken !== undefined, byOwner].filter(Boolean).length !== 1)
    throw invalid(text('name-tokens'));
  if (accessToken !== undefined) return { accessToken };
  if (refreshToken !== undefined) return { refreshToken };
  return { ...(clientId !== undefined && { clientId }), ...(userId !== undefined && { userId }) } as GrantOwner;
}

/** @param grants the live grants of the named tokens */
async function expireTokens({ store, clock }: Tenant, named: Named, grants: readonly Grant[]): Promise<number> {
  const now = clock.now();
  if (grants.length === 0) return 0;
  if ('accessToken' in named) return (await store.expireAccessToken(named.accessToken, now)) ? 1 : 0;
  if ('refreshToken' in named) {
    const found = await store.findRefreshToken(named.refreshToken);
    return found?.token.usedAt === undefined && (await store.expireRefreshToken(named.refreshToken, now)) ? 1 : 0;
  }
  return store.expireGrants(new Set(grants.map((grant) => grant.grantId)), now);
}

function liveOf(grants: readonly Grant[]): Grant[] {
  return grants.filter((grant) => grant.revokedAt === undefined);
}

async function grantsOf({ store }: Tenant, named: Named): Promise<Grant[]> {
  if (!('accessToken' in named) && !('refreshToken' in named)) return store.grantsOf(named);
  const found =
    'accessToken' in named ? await store.findAccessToken(named.accessToken) : await store.findRefreshToken(named.refreshToken);
  return found === undefined ? [] : [found.grant];
}

function authorizations(count: number): Text {
  return count === 1 ? text('one-authorization') : text('many-authorizations', { count });
}

/** The facts about the tokens for the journal. An entry belongs to an authorization only if no other one changed with it. */
function about({ clientId, userId }: WhichTokens, [grant, ...others]: readonly Grant[]): Omit<Change, 'reason'> {
  return { clientId, userId, ...(others.length === 0 && { authorizationId: grant?.authorizationId }) };
}
