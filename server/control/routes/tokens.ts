import Type, { type Static } from 'typebox';
import type { Grant, TokenPair } from '../../engine/store.js';
import { withoutTenant } from '../../http/address.js';
import { lifetimesOf } from '../../records/entries.js';
import { closed, Instant, Lifetimes } from '../../schemas/common.js';
import type { Tenant } from '../../tenants/tenant.js';
import { text } from '../../texts/text.js';
import { rethrowAsInvalid } from '../control-error.js';
import { locationOf } from '../created.js';
import { formatInstant } from '../instant.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { resolveClient, resolveClientApp, resolveScopes, resolveUser } from '../resolve-ids.js';
import { responses } from '../response-schemas.js';
import { ScopeList } from './auth-codes.js';

const pairFields = {
  accessToken: Type.String(),
  accessTokenExpiryTime: Instant,
  refreshToken: Type.String(),
  refreshTokenExpiryTime: Instant,
  customerId: Type.String({ description: "the user's userId" }),
};
export const IssuedTokens = Type.Object(pairFields, { description: 'The tokens' });
export const Token = Type.Object(
  {
    ...pairFields,
    clientId: Type.String(),
    appId: Type.Optional(Type.String()),
    userId: Type.String(),
    scopes: Type.Array(Type.String()),
    issuedAt: Instant,
    status: Type.Enum(['ACTIVE', 'EXPIRED', 'REVOKED'], { description: 'the status of the access token' }),
  },
  { description: 'The newest tokens of one authorization' },
);
const TokenList = Type.Object({ tokens: Type.Array(Token) }, { description: 'Newest first' });
const TokenQuery = Type.Object(
  {
    clientId: Type.Optional(Type.String()),
    userId: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000, default: 1000 })),
  },
  closed,
);
export const TokenRequest = Type.Object(
  {
    clientId: Type.String(),
    appId: Type.Optional(Type.String({ description: "one of the client's mini programs; default: the first one" })),
    userId: Type.String(),
    scopes: ScopeList,
    lifetimes: Type.Optional(Lifetimes),
  },
  {
    ...closed,
    examples: [
      {
        clientId: '202016726873874774774000',
        userId: '1000001119398804002',
        scopes: ['USER_ID'],
        lifetimes: { accessToken: 'PT5M' },
      },
    ],
  },
);

export const tokens: ControlPlugin = async (app) => {
  const tags = ['authorization'];
  const list = {
    operationId: 'listTokens',
    tags,
    summary: 'Lists the whole tokens of all authorizations',
    querystring: TokenQuery,
    response: responses(200, TokenList, 400),
  };
  app.get('/_emulator/tokens', { schema: list }, async ({ tenant, query: { clientId, userId, limit = 1000 } }) => {
    const grants = (await tenant.store.grants()).filter(
      (grant) => (clientId ?? grant.clientId) === grant.clientId && (userId ?? grant.userId) === grant.userId,
    );
    const found = await Promise.all(grants.map(async (grant) => ({ grant, pair: await tenant.store.latestPair(grant.grantId) })));
    const held = found.flatMap(({ grant, pair }) => (pair === undefined ? [] : [{ grant, pair }]));
    held.sort((one, other) => other.pair.access.issuedAt - one.pair.access.issuedAt);
    return { tokens: held.slice(0, limit).map(({ grant, pair }) => listed(tenant, grant, pair)) };
  });

  const issue = {
    operationId: 'issueTokens',
    tags,
    summary: 'Issues tokens without an authCode',
    description:
      'The wallet must have the scopes. The client need not be registered for them, and the user need not have agreed.',
    body: TokenRequest,
    response: responses(201, IssuedTokens, 400),
  };
  app.post('/_emulator/tokens', { schema: issue }, async (request, reply) => {
    const { tenant, body } = request;
    const client = resolveClient(tenant, body.clientId);
    const own = resolveClientApp(tenant, client, body.appId);
    const user = resolveUser(tenant, body.userId);
    const scopes = resolveScopes(tenant, body.scopes);
    const lifetimes = rethrowAsInvalid(() => lifetimesOf(body.lifetimes, 'lifetimes'));
    const { pair, authorizationId } = await tenant.tokens.issue(
      { client, ...(own && { app: own }), ...(lifetimes && { lifetimes }), baseUrl: withoutTenant(request) },
      user,
      scopes,
    );
    noteChange(request, text('tokens-issued', { scopes }), {
      clientId: client.clientId,
      appId: own?.appId,
      userId: user.userId,
      scopes,
      authorizationId,
      secrets: [pair.access.accessToken, pair.refresh.refreshToken],
    });
    return reply
      .status(201)
      .header('location', locationOf(request, 'authorizations', authorizationId))
      .send(issued(pair, user.userId));
  });
};

function issued({ access, refresh }: TokenPair, customerId: string): Static<typeof IssuedTokens> {
  return {
    accessToken: access.accessToken,
    accessTokenExpiryTime: formatInstant(access.expiresAt),
    refreshToken: refresh.refreshToken,
    refreshTokenExpiryTime: formatInstant(refresh.expiresAt),
    customerId,
  };
}

function listed({ clock }: Tenant, grant: Grant, pair: TokenPair): Static<typeof Token> {
  const { clientId, appId, userId, scopes, revokedAt } = grant;
  return {
    ...issued(pair, userId),
    clientId,
    ...(appId !== undefined && { appId }),
    userId,
    scopes: [...scopes],
    issuedAt: formatInstant(pair.access.issuedAt),
    status: revokedAt !== undefined ? 'REVOKED' : pair.access.expiresAt <= clock.now() ? 'EXPIRED' : 'ACTIVE',
  };
}
