import Type, { type Static, type TSchema } from 'typebox';
import { App, Client, User } from '../records/schema.js';
import { hitFields, Scenario } from '../scenarios/schema.js';
import { closed, Time } from '../schemas/common.js';
import { Settings } from './settings.js';

/** Up to the last instant that a date can be (ECMAScript, 21.4.1.1). */
const At = Type.Integer({ minimum: 0, maximum: 8.64e15, description: 'milliseconds since the epoch' });
const Id = Type.String({ minLength: 1, maxLength: 16_384 });
const OptionalId = Type.Optional(Id);
const Milliseconds = Type.Optional(Type.Integer({ minimum: 0 }));
const lives = Type.Optional(
  Type.Object(
    { authCode: Milliseconds, accessToken: Milliseconds, refreshToken: Milliseconds },
    { ...closed, description: 'milliseconds' },
  ),
);
const owner = { wallet: Id, clientId: Id, appId: OptionalId, userId: Id, scopes: Type.Array(Type.String()), lifetimes: lives };

export const AuthCode = Type.Object(
  {
    ...owner,
    authCode: Id,
    issuedAt: At,
    expiresAt: At,
    usedAt: Type.Optional(At),
    state: Type.Optional(Type.String()),
    notifyUrl: Type.Optional(Type.String()),
  },
  closed,
);
export const Line = Type.Object(
  {
    ...owner,
    grantId: Id,
    notifyUrl: Type.Optional(Type.String()),
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
  { userId: Id, clientId: Id, appId: OptionalId, scopes: Type.Record(Type.String(), At) },
  { ...closed, description: 'scope \u2192 when it was agreed to' },
);

function differences<Record extends TSchema>(record: Record, plural: string) {
  return Type.Object(
    { changed: Type.Array(record), removed: Type.Array(Id) },
    { ...closed, description: `the ${plural} that differ from the fixtures: as they are now, and the ids of those taken away` },
  );
}

/** A tenant, written down: what it takes to go on from here, there. */
export const Snapshot = Type.Object(
  {
    version: Type.Literal(2, { description: 'of this form' }),
    settings: Settings,
    clock: Type.Object({ now: Time, frozen: Type.Boolean() }, closed),
    clients: differences(Client, 'clients'),
    apps: differences(App, 'mini programs'),
    users: differences(User, 'users'),
    scenarios: Type.Array(Type.Object({ ...Scenario.properties, ...hitFields, asked: Type.Optional(hitFields.asked) }, closed)),
    consents: Type.Array(Consent),
    authCodes: Type.Array(AuthCode),
    grants: Type.Array(Line),
    accessTokens: Type.Array(AccessToken),
    refreshTokens: Type.Array(RefreshToken),
  },
  { ...closed, description: 'A tenant, written down' },
);
export type Snapshot = Static<typeof Snapshot>;
