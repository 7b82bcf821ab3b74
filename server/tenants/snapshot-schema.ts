import Type, { type Static, type TSchema } from 'typebox';
import { App, Client, User } from '../records/schema.js';
import { hitFields, Scenario } from '../scenarios/schema.js';
import { closed, Dictionary, Time } from '../schemas/common.js';
import { Settings } from './settings.js';

/** The maximum is the last time of a Date (ECMAScript, 21.4.1.1). */
export const At = Type.Integer({ minimum: 0, maximum: 8.64e15, description: 'milliseconds since the epoch' });
const Id = Type.String({ minLength: 1, maxLength: 16_384 });
const OptionalId = Type.Optional(Id);
const Milliseconds = Type.Optional(Type.Integer({ minimum: 0 }));
export const lifetimes = Type.Optional(
  Type.Object(
    { authCode: Milliseconds, accessToken: Milliseconds, refreshToken: Milliseconds },
    { ...closed, description: 'milliseconds' },
  ),
);
const owner = {
  wallet: Id,
  authorizationId: OptionalId,
  clientId: Id,
  appId: OptionalId,
  userId: Id,
  scopes: Type.Array(Type.String()),
  lifetimes,
};

export const AuthCode = Type.Object(
  {
    ...owner,
    authCode: Id,
    issuedAt: At,
    expiresAt: At,
    usedAt: Type.Optional(At),
    state: Type.Optional(Type.String()),
    notifyUrl: Type.Optional(Type.String()),
    secondaryMerchantId: OptionalId,
  },
  closed,
);
export const Grant = Type.Object(
  {
    ...owner,
    grantId: Id,
    notifyUrl: Type.Optional(Type.String()),
    secondaryMerchantId: OptionalId,
    startedAt: At,
    revokedAt: Type.Optional(At),
    revokedBy: Type.Optional(Type.String()),
    latest: Type.Object({ accessToken: Id, refreshToken: Id }, closed),
    expiresAt: At,
  },
  { ...closed, description: 'all tokens that come from one authorization' },
);
export const AccessToken = Type.Object({ accessToken: Id, grantId: Id, refreshToken: Id, issuedAt: At, expiresAt: At }, closed);
export const RefreshToken = Type.Object(
  { refreshToken: Id, grantId: Id, accessToken: Id, issuedAt: At, expiresAt: At, usedAt: Type.Optional(At) },
  closed,
);
export const Consent = Type.Object(
  { userId: Id, clientId: Id, appId: OptionalId, scopes: Dictionary(At) },
  { ...closed, description: 'scope \u2192 when the user agreed to it' },
);

function differences<Record extends TSchema>(record: Record, plural: string) {
  return Type.Object(
    { changed: Type.Array(record), removed: Type.Array(Id) },
    { ...closed, description: `the ${plural} that differ from the fixtures: the changed ones, and the ids of the removed ones` },
  );
}

/** A tenant's state, for another emulator to continue with. */
export const Snapshot = Type.Object(
  {
    version: Type.Literal(2, { description: 'the version of the format' }),
    settings: Settings,
    clock: Type.Object({ now: Time, frozen: Type.Boolean() }, closed),
    clients: differences(Client, 'clients'),
    apps: differences(App, 'mini programs'),
    users: differences(User, 'users'),
    scenarios: Type.Array(Type.Object({ ...Scenario.properties, ...hitFields, asked: Type.Optional(hitFields.asked) }, closed)),
    consents: Type.Array(Consent),
    authCodes: Type.Array(AuthCode),
    grants: Type.Array(Grant),
    accessTokens: Type.Array(AccessToken),
    refreshTokens: Type.Array(RefreshToken),
  },
  { ...closed, description: "A tenant's state" },
);
export type Snapshot = Static<typeof Snapshot>;
