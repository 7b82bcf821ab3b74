import Type, { type Static } from 'typebox';
import { shorten } from '../engine/outcomes.js';
import type { JournalEntry } from '../journal/entry.js';
import type { EntryFilter } from '../journal/journal.js';
import { presentEntry } from '../journal/present.js';
import { Time } from '../schemas/common.js';
import type { Tenant } from '../tenants/tenant.js';
import { Instant, OptionalText } from './answers.js';
import { readInstant } from './instants.js';

const Message = Type.Object({
  headers: Type.Record(Type.String(), Type.Unknown()),
  body: Type.String({ description: 'as it was sent; long ones are cut' }),
});
const Mistake = Type.Object({ code: Type.String(), message: Type.String() });
export const Mistakes = Type.Array(Mistake);

/** What journal/present.ts makes of an entry. */
export const Entry = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(['openapi', 'jsapi', 'control', 'notification']),
    at: Instant,
    operation: OptionalText,
    method: Type.String(),
    path: Type.String(),
    clientId: OptionalText,
    appId: OptionalText,
    userId: OptionalText,
    scopes: Type.Optional(Type.Array(Type.String())),
    status: Type.Integer({ description: 'the HTTP status' }),
    resultStatus: OptionalText,
    resultCode: OptionalText,
    reason: Type.String({ description: 'why it ended as it did, in a sentence' }),
    durationMs: Type.Number(),
    scenario: OptionalText,
    findings: Type.Array(Type.String()),
    signature: Type.Optional(
      Type.Object({
        mode: Type.String(),
        verified: Type.Union([Type.Boolean(), Type.Null()], { description: 'null: not tried' }),
        encoding: OptionalText,
        mistakes: Mistakes,
      }),
    ),
    request: Message,
    response: Message,
  },
  { description: 'One call, with the reason for its outcome' },
);
export const Entries = Type.Object({ entries: Type.Array(Entry) }, { description: 'Newest first' });

/** What entries must be like. */
export const filterFields = {
  operation: Type.Optional(Type.String({ description: 'such as applyToken' })),
  resultCode: Type.Optional(Type.String({ description: 'such as USED_AUTHCODE' })),
  resultStatus: OptionalText,
  clientId: OptionalText,
  appId: OptionalText,
  userId: OptionalText,
  kind: Type.Optional(Type.Enum(['openapi', 'jsapi', 'control', 'notification'])),
  scenario: OptionalText,
  status: Type.Optional(Type.Integer({ description: 'the HTTP status' })),
  since: Type.Optional(Time),
};
const Filter = Type.Object(filterFields);

/** @throws ControlError 400 for a time that is none */
export function entryFilter({ since, ...fields }: Static<typeof Filter>): EntryFilter {
  // In a query a plus is a space.
  return { ...(fields as EntryFilter), ...(since !== undefined && { since: readInstant('since', since.replace(' ', '+')) }) };
}

/** Shows entries: with whole codes and tokens only where the emulator was told so. */
export function entryViewer(showSecrets: boolean): (entry: JournalEntry, tenant: Tenant) => Static<typeof Entry> {
  return (entry, { store }) =>
    presentEntry(entry, showSecrets ? undefined : shorten, (word) => store.issued(word)) as unknown as Static<typeof Entry>;
}
