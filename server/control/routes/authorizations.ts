import Type, { type Static } from 'typebox';
import { PresentedEntry } from '../../journal/entry.js';
import { presentEntry } from '../../journal/present.js';
import { closed, Dictionary, Instant, OptionalText } from '../../schemas/common.js';
import {
  type AuthorizationState,
  authorizationState,
  authorizationStates,
  authorizationStatuses,
} from '../../tenants/authorization-state.js';
import { text } from '../../texts/text.js';
import { notFound } from '../control-error.js';
import { formatInstant } from '../instant.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const defaultLimit = 100;

const Status = Type.Enum([...authorizationStatuses], {
  description:
    'PENDING: the user is asked. GRANTED: there is a code. EXCHANGED: there are live tokens. EXPIRED: the screen, the code or all tokens expired.',
});
export const Authorization = Type.Object(
  {
    authorizationId: Type.String(),
    clientId: Type.String(),
    appId: OptionalText,
    userId: OptionalText,
    scopes: Type.Array(Type.String(), { description: 'the scopes that were asked for' }),
    grantedScopes: Type.Array(Type.String()),
    refusedScopes: Dictionary(Type.String(), { description: 'scope → code that says why' }),
    status: Status,
    startedAt: Instant,
    codeExpiresAt: Type.Optional(Instant),
    accessTokenExpiresAt: Type.Optional(Instant),
    refreshTokenExpiresAt: Type.Optional(Instant),
    revokedAt: Type.Optional(Instant),
  },
  { description: 'An authorization, from the call that started it to its end' },
);
export const AuthorizationWithSteps = Type.Object(
  { ...Authorization.properties, steps: Type.Array(PresentedEntry, { description: 'its calls, in time order' }) },
  { description: 'An authorization with its calls' },
);
const Authorizations = Type.Object({ authorizations: Type.Array(Authorization) }, { description: 'Newest first' });
export const AuthorizationFilter = Type.Object(
  {
    clientId: OptionalText,
    appId: OptionalText,
    userId: OptionalText,
    status: Type.Optional(Type.Enum([...authorizationStatuses])),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, default: defaultLimit })),
  },
  closed,
);

/** The authorizations that the journal's calls belong to. */
export const authorizations: ControlPlugin = async (app, { showSecrets }) => {
  const tags = ['authorization'];
  const list = {
    operationId: 'listAuthorizations',
    tags,
    summary: 'Lists the authorizations that the journal knows',
    querystring: AuthorizationFilter,
    response: responses(200, Authorizations, 400),
  };
  app.get('/_emulator/authorizations', { schema: list }, async ({ tenant, query: { limit = defaultLimit, ...wanted } }) => {
    const fields = Object.entries(wanted) as [keyof typeof wanted, string][];
    const found = (await authorizationStates(tenant)).filter((state) => fields.every(([field, value]) => state[field] === value));
    return { authorizations: found.slice(0, limit).map(presentAuthorization) };
  });

  const read = {
    operationId: 'readAuthorization',
    tags,
    summary: 'One authorization with its calls',
    params: Type.Object({ id: Type.String() }),
    response: responses(200, AuthorizationWithSteps, 404),
  };
  app.get('/_emulator/authorizations/:id', { schema: read }, async ({ tenant, params: { id } }) => {
    const state = await authorizationState(tenant, id);
    if (state === undefined) throw notFound(text('authorization-unknown', { id: id.slice(0, 40) }));
    return {
      ...presentAuthorization(state),
      steps: state.entries.map((entry) => presentEntry(entry, tenant, showSecrets)),
    };
  });
};

export function presentAuthorization(state: AuthorizationState): Static<typeof Authorization> {
  const { authorizationId, clientId, appId, userId, scopes, granted, refused, status, startedAt, code, grant } = state;
  const instants = {
    codeExpiresAt: code?.expiresAt,
    accessTokenExpiresAt: state.accessTokens.at(-1)?.expiresAt,
    refreshTokenExpiresAt: state.refreshTokens.at(-1)?.expiresAt,
    revokedAt: grant?.revokedAt,
  };
  return {
    authorizationId,
    clientId,
    ...(appId !== undefined && { appId }),
    ...(userId !== undefined && { userId }),
    scopes: [...scopes],
    grantedScopes: [...granted],
    refusedScopes: { ...refused },
    status,
    startedAt: formatInstant(startedAt),
    ...Object.fromEntries(
      Object.entries(instants).flatMap(([name, at]) => (at === undefined ? [] : [[name, formatInstant(at)]])),
    ),
  };
}
