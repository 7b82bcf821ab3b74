import Type, { type Static } from 'typebox';
import { shorten } from '../engine/outcomes.js';
import { EntryKind, type JournalEntry, PresentedEntry } from '../journal/entry.js';
import type { EntryFilter } from '../journal/journal.js';
import { presentEntry } from '../journal/present.js';
import { OptionalText, Time } from '../schemas/common.js';
import type { Tenant } from '../tenants/tenant.js';
import { parseInstant } from './instant.js';

export const Entries = Type.Object({ entries: Type.Array(PresentedEntry) }, { description: 'Newest first' });

/** What entries must be like. */
export const filterFields = {
  operation: Type.Optional(Type.String({ description: 'such as applyToken' })),
  resultCode: Type.Optional(Type.String({ description: 'such as USED_AUTHCODE' })),
  resultStatus: OptionalText,
  clientId: OptionalText,
  appId: OptionalText,
  userId: OptionalText,
  kind: Type.Optional(EntryKind),
  scenario: OptionalText,
  status: Type.Optional(Type.Integer({ description: 'the HTTP status' })),
  since: Type.Optional(Time),
};
export const Filter = Type.Object(filterFields);

/** @throws ControlError 400 for a time that is none */
export function entryFilter({ since, ...fields }: Static<typeof Filter>): EntryFilter {
  // In a query a plus is a space.
  return { ...(fields as EntryFilter), ...(since !== undefined && { since: parseInstant('since', since.replace(' ', '+')) }) };
}

/** Shows entries: with whole codes and tokens only where the emulator was told so. */
export function entryViewer(showSecrets: boolean): (entry: JournalEntry, tenant: Tenant) => PresentedEntry {
  return (entry, { store }) => presentEntry(entry, showSecrets ? undefined : shorten, (word) => store.issued(word));
}
