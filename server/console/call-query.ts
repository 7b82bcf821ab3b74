import { type FindingCode, findingCodes } from '../engine/finding-codes.js';
import type { EntryFilter } from '../journal/entry-filter.js';

/** The filters of the list of calls, with the names that they have in an address. The control API has the same ones. */
export const filterNames = [
  'q',
  'operation',
  'resultCode',
  'resultStatus',
  'status',
  'clientId',
  'appId',
  'userId',
  'kind',
  'finding',
  'authorization',
  'tenant',
] as const;
export type FilterName = (typeof filterNames)[number];

/** The filters that an address has. */
export type CallFilters = Partial<Record<FilterName, string>>;

/** The query of a page with calls. */
export interface CallQuery {
  filters: CallFilters;
  /** The id of an entry: the list has only older ones. */
  before?: number;
}

/** Reads the query of an address. Fields that are empty or not known are left out. */
export function readCallQuery(query: unknown): CallQuery {
  const fields = query as Record<string, unknown>;
  const given = filterNames.flatMap((name) => {
    const value = fields[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [];
  });
  const before = Number(fields.before);
  return { filters: Object.fromEntries(given), ...(before > 0 && { before }) };
}

/** The journal's filter. A finding that does not exist matches nothing. */
export function entryFilterOf({ authorization, status, finding, tenant: _, ...filters }: CallFilters): EntryFilter | undefined {
  if (finding !== undefined && !findingCodes.includes(finding as FindingCode)) return undefined;
  return {
    ...filters,
    ...(authorization !== undefined && { authorizationId: authorization }),
    ...(status !== undefined && { status: Number(status) }),
    ...(finding !== undefined && { finding: finding as FindingCode }),
  };
}

/** An address with these fields as its query. Fields that are undefined are left out. */
export function addressWith(path: string, fields: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined) as [string, string | number][];
  const query = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return query === '' ? path : `${path}?${query}`;
}
