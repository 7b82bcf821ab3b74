import Type, { type Static } from 'typebox';
import { PresentedEntry } from '../../journal/entry.js';
import { journalCapacity } from '../../journal/journal.js';
import { App, Client, User } from '../../records/schema.js';
import { Dictionary, Instant } from '../../schemas/common.js';
import { Settings } from '../../tenants/settings.js';
import { AccessToken, AuthCode, Grant, RefreshToken } from '../../tenants/snapshot-schema.js';
import { StoredTicket } from '../../tenants/stored-schema.js';
import { Authorization } from '../routes/authorizations.js';
import { Clock } from '../routes/clock.js';
import { Finding } from '../routes/findings.js';
import { Running } from '../routes/scenarios.js';

/** The version of the format. */
export const reportVersion = 1;

const Sentence = Type.Object(
  { code: Type.String(), values: Type.Optional(Dictionary(Type.Unknown())) },
  { description: 'a sentence as a code and its values, so that a page can show it in another language' },
);
const Names = Type.Array(Type.String());

/** An entry of the journal, with everything that the pages show of it. */
export const ReportEntry = Type.Object(
  {
    ...PresentedEntry.properties,
    id: Type.String({ pattern: '^[1-9]\\d{0,14}$', description: 'unique in the emulator; a newer entry has a greater number' }),
    texts: Type.Object({ reason: Sentence, mistakes: Type.Array(Sentence), emulator: Type.Optional(Sentence) }),
    consented: Type.Optional(Names),
    decided: Type.Optional(Type.Object({ granted: Names, refused: Dictionary(Type.String()) })),
    used: Type.Optional(Names),
    credentials: Type.Array(Type.String(), { description: 'the codes and tokens that the call carried, shortened' }),
  },
  { description: 'One call, with the reason for its outcome' },
);
export type ReportEntry = Static<typeof ReportEntry>;

export const Report = Type.Object(
  {
    report: Type.Literal(reportVersion, { description: 'the version of the format' }),
    version: Type.String({ description: "the emulator's version" }),
    node: Type.String({ description: 'the version of Node' }),
    platform: Type.String({ description: 'the operating system and the processor' }),
    takenAt: Instant,
    comment: Type.Optional(
      Type.String({ description: 'what the tester expected, in their own words; without tokens and data of users' }),
    ),
    tenant: Type.String(),
    url: Type.String({ description: "the emulator's address, with the tenant's path" }),
    settings: Settings,
    clock: Clock,
    clients: Type.Array(Client, { description: 'without the tokens of Agent-Token' }),
    apps: Type.Array(App),
    users: Type.Array(User, { description: 'what they do, and which data they have; the values are hidden' }),
    scenarios: Type.Array(Running),
    findings: Type.Array(Finding),
    authorizations: Type.Array(Authorization, { description: 'newest first' }),
    entries: Type.Array(ReportEntry, { maxItems: journalCapacity, description: 'the journal, newest first' }),
    state: Type.Object(
      {
        tickets: Type.Array(StoredTicket),
        authCodes: Type.Array(AuthCode),
        grants: Type.Array(Grant),
        accessTokens: Type.Array(AccessToken),
        refreshTokens: Type.Array(RefreshToken),
      },
      { description: 'the lifetimes of the codes and tokens of these authorizations; codes and tokens are shortened' },
    ),
    profile: Dictionary(Type.Unknown(), { description: "the wallet's profile" }),
  },
  { description: 'Everything that a developer needs to see what a tester saw' },
);
export type Report = Static<typeof Report>;
