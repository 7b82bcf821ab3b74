import Type, { type Static } from 'typebox';
import { closed, Instant, OptionalText } from '../../schemas/common.js';
import { type FoundCredential, findCredential, isActive, revocationOf } from '../../tenants/find-credential.js';
import { text } from '../../texts/text.js';
import { notFound } from '../control-error.js';
import { formatInstant } from '../instant.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const InspectRequest = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 16_384, description: 'a whole authCode, accessToken or refreshToken' }) },
  { ...closed, examples: [{ token: '2810111301lGzcM9CjlF91WH00039190xxxx' }] },
);
export const InspectedToken = Type.Object(
  {
    kind: Type.Enum(['authCode', 'accessToken', 'refreshToken']),
    active: Type.Boolean({ description: 'true if it can be used now' }),
    clientId: Type.String(),
    appId: OptionalText,
    userId: Type.String(),
    scopes: Type.Array(Type.String()),
    issuedAt: Instant,
    expiresAt: Instant,
    usedAt: Type.Optional(Instant),
    revokedAt: Type.Optional(Instant),
    authorizationId: OptionalText,
  },
  { description: 'What a code or token is' },
);

export const inspectToken: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'inspectToken',
    tags: ['authorization'],
    summary: 'What a code or token is',
    body: InspectRequest,
    response: responses(200, InspectedToken, 400, 404),
  };
  app.post('/_emulator/tokens/inspect', { schema, config: { journaled: false } }, async ({ tenant, body: { token } }) => {
    const found = await findCredential(tenant, token);
    if (found === undefined) throw notFound(text('token-not-stored'));
    return present(found, tenant.clock.now());
  });
};

function present({ kind, token, owner }: FoundCredential, now: number): Static<typeof InspectedToken> {
  const { issuedAt, expiresAt, usedAt } = token;
  const revokedAt = revocationOf(owner);
  return {
    kind,
    active: isActive({ kind, token, owner }, now),
    clientId: owner.clientId,
    ...(owner.appId !== undefined && { appId: owner.appId }),
    userId: owner.userId,
    scopes: [...owner.scopes],
    issuedAt: formatInstant(issuedAt),
    expiresAt: formatInstant(expiresAt),
    ...(usedAt !== undefined && { usedAt: formatInstant(usedAt) }),
    ...(revokedAt !== undefined && { revokedAt: formatInstant(revokedAt) }),
    ...(owner.authorizationId !== undefined && { authorizationId: owner.authorizationId }),
  };
}
