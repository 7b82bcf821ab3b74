import type { FastifyRequest } from 'fastify';
import { withoutTenant } from '../http/address.js';
import { EntryKind } from '../journal/entry.js';
import { journalCapacity } from '../journal/journal.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { findingInWords } from '../pages/finding-text.js';
import { allTenants, listCalls, listUnfinished, type TenantEntry, tenantsNamed } from '../tenants/list-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { addressWith, type CallFilters, entryFilterOf, type FilterName, readCallQuery } from './call-query.js';
import { callRow } from './call-row.js';
import { type StreamPart, streamAddress } from './stream-address.js';

export interface CallsOptions {
  tenants: Tenants;
  showSecrets: boolean;
  lang: string;
  /** The path of the page, without the tenant's prefix: the form and the links of the list lead there. */
  path: string;
  /** The maximum number of calls on a page. */
  limit: number;
  /** The parts of the page that its stream keeps up to date. */
  parts: StreamPart[];
}

interface Choice {
  value: string;
  text: string;
  chosen: boolean;
}

/** The calls that the address of a page asks for, with the form that changes the filters. */
export function callsModel(request: FastifyRequest, { tenants, showSecrets, lang, path, limit, parts }: CallsOptions) {
  const { tenant: own, prefix } = request;
  const { filters, before } = readCallQuery(request.query);
  const asked = (request.query as { lang?: string }).lang;
  const address = prefix + path;
  const filter = entryFilterOf(filters);
  const searched = [...tenantsNamed(tenants, own, filters.tenant)];
  const range = before === undefined ? {} : { before };
  // One more than is shown tells whether there are older ones.
  const found = filter === undefined ? [] : listCalls(searched, filter, limit + 1, range);
  const shown = found.slice(0, limit);
  const unfinished = filter === undefined || before !== undefined ? [] : listUnfinished(searched, filter);
  const withTenant = filters.tenant !== undefined;
  const root = withoutTenant({ base: prefix, tenant: own });
  return {
    address,
    /** A page of older calls only counts the new ones. */
    stream: streamAddress(request, lang, {
      ...filters,
      parts,
      limit: before === undefined ? limit : 0,
      after: listCalls(searched, {}, 1)[0]?.entry.id,
    }),
    /** The same calls as a file. */
    har: addressWith(`${prefix}/_emulator/journal.har`, { limit: journalCapacity, ...filters }),
    filters,
    filtered: Object.keys(filters).length > 0,
    narrowed: Object.keys(filters).some((name) => name !== 'q' && name !== 'authorization'),
    lang: asked,
    choices: choicesOf(own, searched, tenants, filters, lang),
    withTenant,
    rows: [...unfinished, ...shown].map((call) => callRow(call, { lang, showSecrets, root, withTenant })),
    before,
    limit,
    newest: addressWith(address, { ...filters, lang: asked }),
    ...(found.length > limit && {
      older: addressWith(address, { ...filters, lang: asked, before: shown.at(-1)?.entry.id }),
    }),
  };
}

/** The choices of each filter: the values that the calls have. */
function choicesOf(own: Tenant, searched: readonly Tenant[], tenants: Tenants, filters: CallFilters, lang: string) {
  const words = catalogue(lang);
  const calls = listCalls(searched, {});
  const choose = (name: FilterName, values: Iterable<[value: string, text: string]>): Choice[] => {
    const choices = new Map(values);
    const chosen = filters[name];
    if (chosen !== undefined && !choices.has(chosen)) choices.set(chosen, chosen);
    return [...choices].map(([value, text]) => ({ value, text, chosen: value === chosen }));
  };
  const used = (name: 'operation' | 'resultCode' | 'clientId' | 'userId', textOf: (value: string, tenant: Tenant) => string) =>
    choose(name, usedValues(calls, name, textOf));
  return {
    operation: used('operation', (operation) => operation),
    resultCode: used('resultCode', (code) => code),
    clientId: used('clientId', (clientId, { clients }) => clients.get(clientId)?.name ?? clientId),
    userId: used('userId', (userId, { users }) => users.get(userId)?.record.name ?? userId),
    kind: choose(
      'kind',
      EntryKind.enum.map((kind) => [kind, phrase(words, `journal.kind.${kind}`) ?? kind]),
    ),
    finding: choose(
      'finding',
      [...new Set(calls.flatMap(({ entry }) => entry.findings))].map((code) => [code, findingInWords(code, lang).title]),
    ),
    tenant: choose('tenant', [
      [allTenants, phrase(words, 'journal.allTenants') ?? allTenants],
      ...[...tenants.all()].filter((tenant) => tenant !== own && tenant.journal.list({}, 1).length > 0).map(nameTwice),
    ]),
  };
}

function usedValues(
  calls: readonly TenantEntry[],
  name: 'operation' | 'resultCode' | 'clientId' | 'userId',
  textOf: (value: string, tenant: Tenant) => string,
): [string, string][] {
  const values = new Map<string, string>();
  for (const { tenant, entry } of calls) {
    const value = entry[name];
    if (value !== undefined && !values.has(value)) values.set(value, textOf(value, tenant));
  }
  return [...values].sort(([, one], [, other]) => one.localeCompare(other));
}

function nameTwice({ name }: Tenant): [string, string] {
  return [name, name];
}
