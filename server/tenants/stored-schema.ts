import Type, { type TSchema } from 'typebox';
import type { Ticket } from '../engine/store.js';
import { App, Client, User } from '../records/schema.js';
import { hitFields, Scenario } from '../scenarios/schema.js';
import { closed } from '../schemas/common.js';
import { findProblem, problemText } from '../schemas/problem.js';
import type { StoredNotification } from '../store/notifications.js';
import type { Kind } from '../store/persistence.js';
import { type Text as Sentence, text } from '../texts/text.js';
import { atPlace } from '../texts/text-error.js';
import { Settings } from './settings.js';
import { AccessToken, At, AuthCode, Consent, Grant, lifetimes, RefreshToken } from './snapshot-schema.js';

const Text = Type.String();
const OptionalText = Type.Optional(Text);

const ticketFields: { [Field in keyof Required<Ticket>]: TSchema } = {
  ticketId: Text,
  screen: Type.Enum(['consent', 'payment']),
  wallet: Text,
  authorizationId: OptionalText,
  name: Text,
  preparedBy: OptionalText,
  purpose: OptionalText,
  secondaryMerchantId: OptionalText,
  clientId: Text,
  appId: OptionalText,
  scopes: Type.Array(Text),
  origin: OptionalText,
  ancestors: Type.Array(Text),
  contract: OptionalText,
  redirectUrl: OptionalText,
  state: OptionalText,
  notifyUrl: OptionalText,
  findings: Type.Array(Text),
  scenario: OptionalText,
  lifetimes,
  lang: OptionalText,
  issuedAt: At,
  expiresAt: At,
  answeredAt: Type.Optional(At),
};

/** A ticket, as it is stored. */
export const StoredTicket = Type.Unsafe<Ticket>(Type.Object(ticketFields, closed));

const notificationFields: { [Field in keyof Required<StoredNotification>]: TSchema } = {
  notificationId: Text,
  name: Text,
  clientId: Text,
  appId: OptionalText,
  userId: Text,
  authorizationId: OptionalText,
  url: Text,
  body: Text,
  secrets: Type.Array(Text),
  tries: Type.Integer({ minimum: 0 }),
  dueAt: At,
  sender: OptionalText,
};

/** The schema of each kind of entry, and the field that has the entry's key. */
const engineKinds: { [Name in Exclude<Kind, 'tenant'>]: { schema: TSchema; keyField?: string } } = {
  'auth-codes': { schema: AuthCode, keyField: 'authCode' },
  grants: { schema: Grant, keyField: 'grantId' },
  'access-tokens': { schema: AccessToken, keyField: 'accessToken' },
  'refresh-tokens': { schema: RefreshToken, keyField: 'refreshToken' },
  consents: { schema: Consent },
  tickets: { schema: StoredTicket, keyField: 'ticketId' },
  notifications: { schema: Type.Object(notificationFields, closed), keyField: 'notificationId' },
};

const Removed = Type.Object({ removed: Type.Literal(true) }, closed);
const recordOf = (record: TSchema) => Type.Object({ record }, closed);
const StoredScenario = Type.Object(
  { record: Scenario, order: Type.Optional(Type.Integer()), fixture: Type.Optional(Scenario), ...hitFields },
  closed,
);

/** The first word of a key of the kind `tenant` → the schema of its entries that are not removed. */
const tenantSchemas: Readonly<Record<string, TSchema>> = {
  client: recordOf(Client),
  app: recordOf(App),
  user: recordOf(User),
  scenario: StoredScenario,
  // A tenant without users has no user. Settings that came with a later version are missing, and have their defaults.
  settings: Type.Partial(Type.Object({ ...Settings.properties, user: Text }), closed),
  clock: Type.Object({ offset: Type.Number(), frozenAt: Type.Optional(Type.Number({ minimum: 0 })) }, closed),
};

/** Checks an entry that was read from a file. @returns what is wrong, or undefined */
export function storedEntryProblem(kind: Kind, key: string, entry: object): Sentence | undefined {
  if (kind !== 'tenant') {
    const { schema, keyField } = engineKinds[kind];
    const problem = findProblem(schema, entry);
    if (problem !== undefined) return problemText(problem, 'the-entry');
    if (keyField === undefined || (entry as Record<string, unknown>)[keyField] === key) return undefined;
    return atPlace(keyField, text('stored-other-key'));
  }
  const schema = tenantSchemas[key.split(' ', 1)[0] as string];
  if (schema === undefined) return text('stored-key-unknown', { names: Object.keys(tenantSchemas) });
  const problem = findProblem('removed' in entry ? Removed : schema, entry);
  return problem && problemText(problem, 'the-entry');
}
