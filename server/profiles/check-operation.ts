import { inEnglish } from '../texts/write-text.js';
import { compileFields, isConditional } from './fields.js';
import type { FieldSource, OperationSource } from './schema.js';

type Request = OperationSource['request'];
type Verb = OperationSource['verb'];

/** The request fields that the engine reads, by the engine's names, and the types that each may have. */
export const fieldTypes: Readonly<Record<string, readonly string[]>> = {
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
  secondaryMerchant: ['string'],
};
/** The fields that the engine reads for every verb. */
const commonFields = ['appId', 'authClient', 'scopes'];
const fieldsOf: Readonly<Record<Verb, readonly string[]>> = {
  exchange: ['grantType', 'authCode', 'refreshToken', 'accessToken'],
  'read-user': ['accessToken'],
  'read-declared': ['accessToken'],
  answer: [],
  revoke: ['accessToken'],
  start: ['extendInfo', 'redirectUrl', 'state', 'notifyUrl', 'secondaryMerchant'],
  'issue-code': ['userId'],
};
/** The fields that a verb needs. What exchange needs depends on the grant type. */
const requiredFieldsOf: Readonly<Record<Verb, readonly string[]>> = {
  exchange: [],
  'read-user': ['accessToken'],
  'read-declared': ['accessToken'],
  answer: [],
  revoke: ['accessToken'],
  start: ['scopes'],
  'issue-code': ['userId', 'scopes'],
};
const credentialOf = { AUTHORIZATION_CODE: 'authCode', REFRESH_TOKEN: 'refreshToken' };

/**
 * Checks that an operation declares everything that its verb needs, so that it cannot fail at each call.
 * @throws Error that begins with the path inside the operation (`/request/accessToken: `) and says what was expected
 */
export function checkOperation(operation: OperationSource): void {
  const { verb, request, scope, tokens, with: withInfo } = operation;
  if (scope !== undefined) expectVerb('scope', 'read-declared', verb);
  if (tokens !== undefined) expectVerb('tokens', 'read-declared', verb);
  if (withInfo !== undefined) expectVerb('with', 'exchange', verb);
  checkFields(request, [...commonFields, ...fieldsOf[verb]]);
  for (const name of requiredFieldsOf[verb])
    checkRequired(request, name, { by: `the verb ${verb}`, isMet: ({ required }) => required === true, expected: 'true' });
  if (verb === 'exchange') checkExchange(request);
}

function expectVerb(field: string, expected: Verb, verb: Verb): void {
  if (verb !== expected) throw new Error(`/${field}: allowed only with the verb ${expected}, and this verb is ${verb}`);
}

function checkFields(request: Request, fieldsOfVerb: readonly string[]): void {
  const unconditional = Object.entries(request).flatMap(([field, source]) => (isConditional(source) ? [] : [source.as ?? field]));
  for (const [field, source] of Object.entries(request)) {
    const at = `/request/${field}`;
    const { as, type = 'string', required } = source;
    if (as !== undefined && !Object.hasOwn(fieldTypes, as))
      throw new Error(`${at}/as: expected one of ${Object.keys(fieldTypes).join(', ')}, got ${as}`);
    const name = as ?? field;
    const allowedTypes = fieldsOfVerb.includes(name) ? fieldTypes[name] : undefined;
    if (allowedTypes !== undefined && !allowedTypes.includes(type))
      throw new Error(`${at}/type: expected ${allowedTypes.join(' or ')}, got ${type}`);
    checkCondition(at, required, unconditional);
    checkAliases(at, field, source);
    checkDefault(at, field, source);
  }
}

/** `required` may depend only on fields whose own `required` depends on none. */
function checkCondition(at: string, required: FieldSource['required'], unconditional: readonly string[]): void {
  const other = typeof required === 'object' ? Object.keys(required).find((name) => !unconditional.includes(name)) : undefined;
  if (other === undefined) return;
  const known = unconditional.length > 0 ? ` (${unconditional.join(', ')})` : '';
  throw new Error(`${at}/required: expected another field, whose own required has no condition${known}, got ${other}`);
}

function checkAliases(at: string, field: string, { aliases = {}, ...source }: FieldSource): void {
  if (source.type === 'text' || source.type === 'any')
    if (Object.keys(aliases).length > 0) throw new Error(`${at}/aliases: expected none, because the type is ${source.type}`);
  const { required: _, default: __, ...bare } = source;
  const read = compileFields({ [field]: bare }, false);
  for (const [alias, value] of Object.entries(aliases)) {
    const reading = read({ [field]: value });
    if ('message' in reading)
      throw new Error(`${at}/aliases/${alias}: expected a value that the field accepts: ${inEnglish(reading.message)}`);
  }
}

function checkDefault(at: string, field: string, source: FieldSource): void {
  if (source.default === undefined) return;
  const { required: _, default: value, ...bare } = source;
  const reading = compileFields({ [field]: bare }, false)({ [field]: value });
  if ('message' in reading)
    throw new Error(`${at}/default: expected a value that the field accepts: ${inEnglish(reading.message)}`);
  if (Object.keys(reading.fields).length === 0) throw new Error(`${at}/default: expected a value that is not empty`);
}

function checkExchange(request: Request): void {
  const [grantType] = sourcesOf(request, 'grantType');
  if (grantType === undefined) {
    if (Object.values(credentialOf).every((name) => sourcesOf(request, name).length === 0))
      throw new Error('/request/authCode: missing; the verb exchange needs authCode or refreshToken');
    return;
  }
  const [, { enum: grantTypes }] = grantType;
  for (const [value, name] of Object.entries(credentialOf)) {
    if (grantTypes !== undefined && !grantTypes.includes(value)) continue;
    checkRequired(request, name, {
      by: `the grantType ${value}`,
      isMet: ({ required }) => required === true || (typeof required === 'object' && dependsOnlyOn(required, value)),
      expected: `true, or { "grantType": "${value}" }`,
    });
  }
}

function dependsOnlyOn(required: Record<string, string>, grantType: string): boolean {
  return Object.entries(required).every(([other, value]) => other === 'grantType' && value === grantType);
}

interface Requirement {
  /** The verb that needs the field, for messages. */
  by: string;
  /** True if a field is required as it should be. */
  isMet(source: FieldSource): boolean;
  /** The expected value of `required`, for messages. */
  expected: string;
}

function checkRequired(request: Request, name: string, { by, isMet, expected }: Requirement): void {
  const sources = sourcesOf(request, name);
  const [first] = sources;
  if (first === undefined) throw new Error(`/request/${name}: missing; ${by} needs it, or a field with "as": "${name}"`);
  if (!sources.some(([, source]) => isMet(source) || source.default !== undefined))
    throw new Error(`/request/${first[0]}/required: expected ${expected}, because ${by} needs the field`);
}

/** The fields that have one engine name. */
function sourcesOf(request: Request, name: string): [field: string, FieldSource][] {
  return Object.entries(request).filter(([field, { as = field }]) => as === name);
}
