import fc from 'fast-check';
import type { FieldSource, OperationSource } from '../profiles/operation-schema.js';
import type { ProfileSource } from '../profiles/schema.js';
import type { ProfileChange } from './profile-change.js';

const endings = ['Value', 'Ref', 'Text', 'Param'] as const;
/** Names that a platform may have for a field: another way of writing it, or a word more. */
export const otherName = (name: string) =>
  fc.constantFrom(
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    name.charAt(0).toUpperCase() + name.slice(1),
    ...endings.map((ending) => name + ending),
  );

const extraValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom('LOW', 'MEDIUM', 'member'),
  fc.integer({ min: 1, max: 9000 }),
  fc.boolean(),
  fc.constant({ level: 'GOLD', points: 120 }),
  fc.constant(['A', 'B']),
);

/** Changes of the fields that requests and answers have. */
export function fieldChanges(wallet: ProfileSource): fc.Arbitrary<ProfileChange>[] {
  const operations = Object.entries(wallet.operations);
  const requestFields = operations.flatMap(([operation, { request }]) =>
    Object.keys(request).map((field) => ({ operation, field })),
  );
  const responseFields = operations.flatMap(([operation, { response }]) =>
    Object.keys(response).flatMap((field) => (field.startsWith('$') ? [] : [{ operation, field }])),
  );
  const times = responseFields.filter(({ operation, field }) =>
    / \| (time|epoch-ms)$/.test(String(wallet.operations[operation]?.response[field])),
  );
  return [
    renamed('request', requestFields),
    renamed('response', responseFields),
    extra(operations.map(([operation]) => operation)),
    missing(wallet, responseFields),
    ...(times.length > 0 ? [timeForm(times)] : []),
    required(wallet, requestFields),
  ];
}

/** The fields that the engine reads, by its names. Only these can have another name on the wire and the same meaning. */
const engineFields = new Set([
  'appId',
  'authClient',
  'grantType',
  'authCode',
  'refreshToken',
  'accessToken',
  'userId',
  'scopes',
  'extendInfo',
  'redirectUrl',
  'state',
  'notifyUrl',
]);

interface FieldOf {
  operation: string;
  field: string;
}

/** The client must read codes and tokens from somewhere, only their expiry tells how long they live, and the user tells the scopes. */
const needed = /^\$(accessToken|refreshToken|authCode)(ExpiresAt)?\b|^\$userInfo( |$)/;

function renamed(part: 'request' | 'response', fields: readonly FieldOf[]): fc.Arbitrary<ProfileChange> {
  return fc
    .constantFrom(...fields)
    .chain((place) => fc.tuple(fc.constant(place), otherName(place.field)))
    .map(([{ operation, field }, name]) => ({
      what: `name of ${operation}.${part}.${field}: ${name}`,
      apply: (source) => {
        const changed = source.operations[operation];
        if (changed === undefined || Object.hasOwn(changed[part], name) || !Object.hasOwn(changed[part], field)) return;
        const entries = Object.entries<unknown>(changed[part]).map(([own, value]) =>
          own === field ? [name, part === 'request' ? withMeaning(field, value as FieldSource) : value] : [own, value],
        );
        changed[part] = Object.fromEntries(entries);
      },
    }));
}

function withMeaning(name: string, source: FieldSource): FieldSource {
  return source.as === undefined && engineFields.has(name) ? { as: name, ...source } : source;
}

function extra(operations: readonly string[]): fc.Arbitrary<ProfileChange> {
  return fc
    .tuple(fc.constantFrom(...operations), fc.constantFrom('tier', 'traceId', 'region', 'flags'), extraValue)
    .map(([operation, field, value]) => ({
      what: `extra ${operation}.response.${field}: ${JSON.stringify(value)}`,
      apply: (source) => {
        const changed = source.operations[operation];
        if (changed !== undefined) changed.response[field] = value;
      },
    }));
}

function missing(wallet: ProfileSource, fields: readonly FieldOf[]): fc.Arbitrary<ProfileChange> {
  const optional = fields.filter(({ operation, field }) => !needed.test(String(wallet.operations[operation]?.response[field])));
  return fc.constantFrom(...optional).map(({ operation, field }) => ({
    what: `missing ${operation}.response.${field}: it`,
    apply: (source) => {
      delete source.operations[operation]?.response[field];
    },
  }));
}

const timeForms = ['time', 'time-ms', 'time-utc', 'time-utc-ms', 'epoch-ms', 'epoch-s', 'epoch-ms | number'] as const;

function timeForm(times: readonly FieldOf[]): fc.Arbitrary<ProfileChange> {
  return fc.tuple(fc.constantFrom(...times), fc.constantFrom(...timeForms)).map(([{ operation, field }, converter]) => ({
    what: `form of ${operation}.response.${field}: ${converter}`,
    apply: (source) => {
      const response = source.operations[operation]?.response ?? {};
      if (typeof response[field] === 'string') response[field] = `${response[field].split(' | ')[0]} | ${converter}`;
    },
  }));
}

/** A field that the wallet requires is not required, or the client sends less because the platform does. */
function required(wallet: ProfileSource, fields: readonly FieldOf[]): fc.Arbitrary<ProfileChange> {
  const choices = fields.filter(({ operation, field }) => isFree(wallet.operations[operation], field));
  return fc.constantFrom(...choices, ...fields.slice(0, 1)).map(({ operation, field }) => ({
    what: `required ${operation}.request.${field}: the other way`,
    apply: (source) => {
      const changed = source.operations[operation]?.request[field];
      if (changed === undefined || !isFree(source.operations[operation], field)) return;
      if (changed.required === true) delete changed.required;
      else changed.required = true;
    },
  }));
}

/** Fields that no verb needs, so that a profile may require them or not. */
function isFree(operation: OperationSource | undefined, field: string): boolean {
  const source = operation?.request[field];
  if (source === undefined || typeof source.required === 'object') return false;
  return ['customerBelongsTo', 'merchantRegion', 'templateCode', 'requestId'].includes(source.as ?? field);
}
