import Type, { type Static } from 'typebox';
import { EntryKind, PresentedEntry } from '../journal/entry.js';
import type { EntryFilter } from '../journal/journal.js';
import { closed, OptionalText, Time } from '../schemas/common.js';
import { parseInstant } from './instant.js';

export const Entries = Type.Object({ entries: Type.Array(PresentedEntry) }, { description: 'Newest first' });

/** Which entries, for a query and for a body. */
export const filterFields = {
  operation: Type.Optional(Type.String({ description: 'such as applyToken' })),
  resultCode: Type.Optional(Type.String({ description: 'such as USED_AUTHCODE' })),
  resultStatus: OptionalText,
  clientId: OptionalText,
  appId: OptionalText,
  userId: OptionalText,
  kind: Type.Optional(EntryKind),
  scenario: OptionalText,
  authorization: Type.Optional(Type.String({ description: 'the authorizationId' })),
  status: Type.Optional(Type.Integer({ description: 'the HTTP status' })),
  since: Type.Optional(Time),
};
export const Filter = Type.Object(filterFields, closed);

/** @throws ControlError 400 if `since` is not a time */
export function entryFilter({ since, authorization, ...fields }: Static<typeof Filter>): EntryFilter {
  // A plus in a query arrives as a space.
  return {
    ...(fields as EntryFilter),
    ...(authorization !== undefined && { authorizationId: authorization }),
    ...(since !== undefined && { since: parseInstant('since', since.replace(' ', '+')) }),
  };
}
