import Type from 'typebox';
import { parseDuration } from '../../clock/duration.js';
import type { AuthorizationRequest, AuthorizationResult } from '../../engine/authorization.js';
import { scopeError } from '../../engine/jsapi-errors.js';
import { randomId } from '../../engine/random-id.js';
import type { UserEntry } from '../../records/entries.js';
import { closed, Dictionary, Duration, Instant } from '../../schemas/common.js';
import { decideWithoutUser } from '../../tenants/decide-without-user.js';
import type { Tenant } from '../../tenants/tenant.js';
import { text } from '../../texts/text.js';
import { invalid } from '../control-error.js';
import { locationOf } from '../created.js';
import { formatInstant } from '../instant.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { resolveClient, resolveClientApp, resolveUser } from '../resolve-ids.js';
import { responses } from '../response-schemas.js';

export const ScopeList = Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { minItems: 1, maxItems: 100 });

export const AuthCodeRequest = Type.Object(
  {
    clientId: Type.String(),
    appId: Type.Optional(Type.String({ description: "one of the client's mini programs; default: the first one" })),
    userId: Type.Optional(Type.String({ description: 'default: the user who is logged in to the wallet' })),
    scopes: Type.Union([Type.String({ minLength: 1, maxLength: 4096 }), ScopeList], {
      description: 'a list, or a string with one scope or several separated by commas',
    }),
    lifetime: Type.Optional(Duration),
  },
  {
    ...closed,
    examples: [{ clientId: '202016726873874774774000', userId: '1000001119398804002', scopes: ['USER_ID', 'USER_NAME'] }],
  },
);

export const AuthCode = Type.Object(
  {
    authCode: Type.Optional(Type.String()),
    authSuccessScopes: Type.Array(Type.String()),
    authErrorScopes: Dictionary(Type.String(), {
      description: `scope → ${scopeError.refused} (refused) or ${scopeError.unavailable} (unknown, or not registered)`,
    }),
    expiryTime: Type.Optional(Instant),
    error: Type.Optional(Type.Integer({ description: 'the error number that the mini program gets if no scope was granted' })),
    errorMessage: Type.Optional(Type.String()),
  },
  { description: 'The result that the mini program would get; without an authCode if no scope was granted' },
);

export const authCodes: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'issueAuthCode',
    tags: ['authorization'],
    summary: 'Issues an authCode without a browser',
    description:
      'If the wallet would show the consent screen, the user counts as agreeing. A user who refuses by behaviour, or by the setting, refuses here too. The consent is remembered.',
    body: AuthCodeRequest,
    response: responses(201, AuthCode, 400),
  };
  app.post('/_emulator/auth-codes', { schema }, async (request, reply) => {
    const { tenant, body } = request;
    const client = resolveClient(tenant, body.clientId);
    const own = resolveClientApp(tenant, client, body.appId);
    const user = body.userId === undefined ? loggedIn(tenant) : resolveUser(tenant, body.userId);
    const lifetime = body.lifetime === undefined ? undefined : parseDuration(body.lifetime);
    if (body.lifetime !== undefined && lifetime === undefined)
      throw invalid(text('duration-wrong', { field: 'lifetime', value: String(body.lifetime).slice(0, 60) }));
    const scopes = typeof body.scopes === 'string' ? body.scopes.split(/[\s,]+/).filter((scope) => scope !== '') : body.scopes;
    if (scopes.length === 0) throw invalid(text('scopes-empty'));

    const authorizationId = randomId();
    const result = await authorize(tenant, {
      authorizationId,
      client,
      user,
      scopes,
      ...(own && { app: own }),
      ...(lifetime !== undefined && { lifetimes: { authCode: lifetime } }),
    });
    const { code, granted, refused, failure, reason } = result;
    const about = {
      clientId: client.clientId,
      appId: own?.appId,
      userId: user.userId,
      scopes: granted,
      authorizationId,
      decided: { granted, refused },
      secrets: code === undefined ? [] : [code.authCode],
    };
    noteChange(request, text(code === undefined ? 'no-code-issued' : 'code-issued', { reason }), about);
    return reply
      .status(201)
      .header('location', locationOf(request, 'authorizations', authorizationId))
      .send({
        authSuccessScopes: granted,
        authErrorScopes: refused,
        ...(code && { authCode: code.authCode, expiryTime: formatInstant(code.expiresAt) }),
        ...failure,
      });
  });
};

/** Decides as the consent screen does, but a user who would be asked agrees at once. */
async function authorize(tenant: Tenant, request: AuthorizationRequest & { user: UserEntry }): Promise<AuthorizationResult> {
  const { wanted, decision = { decision: 'grant', refuse: request.user.refuse } } = await decideWithoutUser(tenant, request);
  return tenant.authorizations.decide(request, wanted, decision);
}

function loggedIn({ currentUser }: Tenant): UserEntry {
  if (currentUser === undefined) throw invalid(text('user-missing'));
  return currentUser;
}
