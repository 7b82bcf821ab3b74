import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { findingCodes } from '../engine/finding-codes.js';
import { EntryKind, PresentedEntry } from '../journal/entry.js';
import type { EntryFilter } from '../journal/entry-filter.js';
import { journalCapacity } from '../journal/journal.js';
import { presentEntry } from '../journal/present.js';
import { closed, OptionalText, Time } from '../schemas/common.js';
import { listCalls, tenantsNamed } from '../tenants/list-calls.js';
import { parseInstant } from './instant.js';
import type { ControlOptions } from './options.js';

const defaultLimit = 100;

export const Entries = Type.Object({ entries: Type.Array(PresentedEntry) }, { description: 'Newest first' });

/** The fields of a filter of entries, for a query and for a body. */
export const filterFields = {
  q: Type.Optional(
    Type.String({
      description:
        'a text in the path, the operation, the codes, the traceparent, the reason or a body; upper and lower case do not matter',
    }),
  ),
  operation: Type.Optional(Type.String({ description: 'such as applyToken' })),
  resultCode: Type.Optional(Type.String({ description: 'such as USED_AUTHCODE' })),
  resultStatus: OptionalText,
  clientId: OptionalText,
  appId: OptionalText,
  userId: OptionalText,
  kind: Type.Optional(EntryKind),
  scenario: OptionalText,
  authorization: Type.Optional(Type.String({ description: 'the authorizationId' })),
  finding: Type.Optional(Type.Enum(findingCodes, { examples: ['auth-code-reused'] })),
  status: Type.Optional(Type.Integer({ description: 'the HTTP status' })),
  since: Type.Optional(Time),
};
export const Filter = Type.Object(filterFields, closed);
/** Selects entries of one tenant or of all. */
export const ListQuery = Type.Object(
  {
    ...filterFields,
    tenant: Type.Optional(
      Type.String({ description: 'the name of a tenant, or * for all tenants; without it, the tenant of the address' }),
    ),
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'the id of an entry: only older ones' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: journalCapacity, default: defaultLimit })),
  },
  closed,
);

/** @throws ControlError 400 if `since` is not a time */
export function entryFilter({ since, authorization, ...fields }: Static<typeof Filter>): EntryFilter {
  // A plus in a query arrives as a space.
  return {
    ...(fields as EntryFilter),
    ...(authorization !== undefined && { authorizationId: authorization }),
    ...(since !== undefined && { since: parseInstant('since', since.replace(' ', '+')) }),
  };
}

/** The entries that a query asks for, newest first. Those of other tenants name their tenant. */
export function listEntries(
  { tenant: own }: FastifyRequest,
  { tenant: name, before, limit = defaultLimit, ...filter }: Static<typeof ListQuery>,
  { tenants, showSecrets }: ControlOptions,
): PresentedEntry[] {
  const listed = listCalls(tenantsNamed(tenants, own, name), entryFilter(filter), limit, before === undefined ? {} : { before });
  return listed.map(({ tenant, entry }) => ({
    ...presentEntry(entry, tenant, showSecrets),
    ...(name !== undefined && { tenant: tenant.name }),
  }));
}
