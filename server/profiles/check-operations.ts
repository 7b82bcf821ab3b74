import { compileFields } from './fields.js';
import type { FieldSource, OperationSource } from './schema.js';

type Request = OperationSource['request'];
type Verb = OperationSource['verb'];

/** The request fields that the engine reads, by its own names, and the types that each may have. */
const types: Readonly<Record<string, readonly string[]>> = {
  appId: ['string'],
  authClient: ['string'],
  grantType: ['string'],
  authCode: ['string'],
  refreshToken: ['string'],
  accessToken: ['string'],
  userId: ['string'],
  scopes: ['list'],
  extendInfo: ['text', 'string'],
  redirectUrl: ['string'],
  state: ['string'],
  notifyUrl: ['string'],
};
/** What is read of every call. */
const readOfAll = ['appId', 'authClient', 'scopes'];
const readOf: Readonly<Record<Verb, readonly string[]>> = {
  exchange: ['grantType', 'authCode', 'refreshToken', 'accessToken'],
  'read-user': ['accessToken'],
  'read-declared': ['accessToken'],
  revoke: ['accessToken'],
  start: ['extendInfo', 'redirectUrl', 'state', 'notifyUrl'],
  'issue-code': ['userId'],
};
/** What a verb cannot do without; exchange needs one of several. */
const needs: Readonly<Record<Verb, readonly string[]>> = {
  exchange: [],
  'read-user': ['accessToken'],
  'read-declared': ['accessToken'],
  revoke: ['accessToken'],
  start: ['scopes'],
  'issue-code': ['userId', 'scopes'],
};
const carriers = { AUTHORIZATION_CODE: 'authCode', REFRESH_TOKEN: 'refreshToken' };

/**
 * Whether an operation has what its verb needs: what is compiled, and then fails at each call, is no profile.
 * @throws Error that begins with the place in the operation (`/request/accessToken: `) and says what was expected
 */
export function checkOperation(operation: OperationSource): void {
  const { verb, request, scope, tokens, with: more } = operation;
  if (scope !== undefined && verb !== 'read-declared') throw misplaced('scope', 'read-declared', verb);
  if (tokens !== undefined && verb !== 'read-declared') throw misplaced('tokens', 'read-declared', verb);
  if (more !== undefined && verb !== 'exchange') throw misplaced('with', 'exchange', verb);
  checkFields(request, [...readOfAll, ...readOf[verb]]);
  for (const name of needs[verb]) checkNeed(request, name, `the verb ${verb}`, ({ required }) => required === true, 'true');
  if (verb === 'exchange') checkExchange(request);
}

function misplaced(part: string, expected: Verb, verb: Verb): Error {
  return new Error(`/${part}: expected with the verb ${expected} alone, and this one is ${verb}`);
}

function checkFields(request: Request, read: readonly string[]): void {
  const before = new Set<string>();
  for (const [field, source] of Object.entries(request)) {
    const at = `/request/${field}`;
    const { as, type = 'string', required } = source;
    if (as !== undefined && !Object.hasOwn(types, as))
      throw new Error(`${at}/as: expected one of ${Object.keys(types).join(', ')}, got ${as}`);
    const name = as ?? field;
    const fitting = read.includes(name) ? types[name] : undefined;
    if (fitting !== undefined && !fitting.includes(type))
      throw new Error(`${at}/type: expected ${fitting.join(' or ')}, got ${type}`);
    const stray = typeof required === 'object' ? Object.keys(required).find((other) => !before.has(other)) : undefined;
    if (stray !== undefined) {
      const known =
        before.size > 0 ? `the fields that stand before it (${[...before].join(', ')})` : 'a field that stands before it';
      throw new Error(`${at}/required: expected ${known}, got ${stray}`);
    }
    checkDefault(at, field, source);
    before.add(name);
  }
}

function checkDefault(at: string, field: string, source: FieldSource): void {
  if (source.default === undefined) return;
  const { required: _, default: value, ...bare } = source;
  const reading = compileFields({ [field]: bare }, false)({ [field]: value });
  if ('message' in reading) throw new Error(`${at}/default: expected a value that the field takes: ${reading.message}`);
  if (Object.keys(reading.fields).length === 0) throw new Error(`${at}/default: expected a value that is not empty`);
}

function checkExchange(request: Request): void {
  const grantTypes = named(request, 'grantType');
  if (grantTypes.length === 0) {
    if (Object.values(carriers).every((name) => named(request, name).length === 0))
      throw new Error(
        '/request/authCode: expected a field of this name, or refreshToken, since the verb exchange needs one of them',
      );
    return;
  }
  const [, { enum: values }] = grantTypes[0] as [string, FieldSource];
  for (const [grantType, name] of Object.entries(carriers)) {
    if (values !== undefined && !values.includes(grantType)) continue;
    const isThere = ({ required }: FieldSource) =>
      required === true ||
      (typeof required === 'object' &&
        Object.entries(required).every(([other, value]) => other === 'grantType' && value === grantType));
    checkNeed(request, name, `the grantType ${grantType}`, isThere, `true, or { "grantType": "${grantType}" }`);
  }
}

function checkNeed(
  request: Request,
  name: string,
  who: string,
  isThere: (source: FieldSource) => boolean,
  required: string,
): void {
  const sources = named(request, name);
  const [first] = sources;
  if (first === undefined)
    throw new Error(`/request/${name}: expected a field of this name, or one with "as": "${name}", since ${who} needs it`);
  if (!sources.some(([, source]) => isThere(source) || source.default !== undefined))
    throw new Error(`/request/${first[0]}/required: expected ${required}, since ${who} needs it`);
}

/** The fields that the engine knows by a name. */
function named(request: Request, name: string): [field: string, FieldSource][] {
  return Object.entries(request).filter(([field, { as = field }]) => as === name);
}
