import { oneOf } from '../texts/one-of.js';
import { quote, type Text, text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import { compileFields, isConditional } from './fields.js';
import type { FieldSource, OperationSource } from './operation-schema.js';

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
 * @throws TextError at a place inside the operation, such as `request.accessToken`
 */
export function checkOperation(operation: OperationSource): void {
  const { verb, request, scope, tokens, with: withInfo } = operation;
  if (scope !== undefined) expectVerb('scope', 'read-declared', verb);
  if (tokens !== undefined) expectVerb('tokens', 'read-declared', verb);
  if (withInfo !== undefined) expectVerb('with', 'exchange', verb);
  checkFields(request, [...commonFields, ...fieldsOf[verb]]);
  for (const name of requiredFieldsOf[verb])
    checkRequired(request, name, {
      by: text('the-verb', { verb }),
      isMet: ({ required }) => required === true,
      expected: quote('true'),
    });
  if (verb === 'exchange') checkExchange(request);
}

function expectVerb(field: string, expected: Verb, verb: Verb): void {
  if (verb !== expected) throw errorAt(field, text('verb-wrong', { expected, verb }));
}

function checkFields(request: Request, fieldsOfVerb: readonly string[]): void {
  const unconditional = Object.entries(request).flatMap(([field, source]) => (isConditional(source) ? [] : [source.as ?? field]));
  for (const [field, source] of Object.entries(request)) {
    const at = `request.${field}`;
    const { as, type = 'string', required } = source;
    if (as !== undefined && !Object.hasOwn(fieldTypes, as))
      throw errorAt(`${at}.as`, text('engine-name-unknown', { known: Object.keys(fieldTypes), name: as }));
    const name = as ?? field;
    const allowedTypes = fieldsOfVerb.includes(name) ? fieldTypes[name] : undefined;
    if (allowedTypes !== undefined && !allowedTypes.includes(type))
      throw errorAt(`${at}.type`, text('field-type-wrong', { expected: oneOf(allowedTypes), type }));
    checkCondition(at, required, unconditional);
    checkAliases(at, field, source);
    checkDefault(at, field, source);
  }
}

/** `required` may depend only on fields whose own `required` depends on none. */
function checkCondition(at: string, required: FieldSource['required'], unconditional: readonly string[]): void {
  const other = typeof required === 'object' ? Object.keys(required).find((name) => !unconditional.includes(name)) : undefined;
  if (other === undefined) return;
  const problem =
    unconditional.length > 0
      ? text('condition-field-wrong', { fields: unconditional, field: other })
      : text('condition-impossible', { field: other });
  throw errorAt(`${at}.required`, problem);
}

function checkAliases(at: string, field: string, { aliases = {}, ...source }: FieldSource): void {
  if (source.type === 'text' || source.type === 'any')
    if (Object.keys(aliases).length > 0) throw errorAt(`${at}.aliases`, text('aliases-unusable', { type: source.type }));
  const { required: _, default: __, ...bare } = source;
  const read = compileFields({ [field]: bare }, false);
  for (const [alias, value] of Object.entries(aliases)) {
    const reading = read({ [field]: value });
    if ('message' in reading) throw errorAt(`${at}.aliases.${alias}`, text('value-not-accepted', { problem: reading.message }));
  }
}

function checkDefault(at: string, field: string, source: FieldSource): void {
  if (source.default === undefined) return;
  const { required: _, default: value, ...bare } = source;
  const reading = compileFields({ [field]: bare }, false)({ [field]: value });
  if ('message' in reading) throw errorAt(`${at}.default`, text('value-not-accepted', { problem: reading.message }));
  if (Object.keys(reading.fields).length === 0) throw errorAt(`${at}.default`, text('default-empty'));
}

function checkExchange(request: Request): void {
  const [grantType] = sourcesOf(request, 'grantType');
  if (grantType === undefined) {
    if (Object.values(credentialOf).every((name) => sourcesOf(request, name).length === 0))
      throw errorAt('request.authCode', text('credential-field-missing'));
    return;
  }
  const [, { enum: grantTypes }] = grantType;
  for (const [value, name] of Object.entries(credentialOf)) {
    if (grantTypes !== undefined && !grantTypes.includes(value)) continue;
    checkRequired(request, name, {
      by: text('the-grant-type', { grantType: value }),
      isMet: ({ required }) => required === true || (typeof required === 'object' && dependsOnlyOn(required, value)),
      expected: text('true-or', { condition: `{ "grantType": "${value}" }` }),
    });
  }
}

function dependsOnlyOn(required: Record<string, string>, grantType: string): boolean {
  return Object.entries(required).every(([other, value]) => other === 'grantType' && value === grantType);
}

interface Requirement {
  /** The verb or grant type that needs the field. */
  by: Text;
  /** True if a field is required as it should be. */
  isMet(source: FieldSource): boolean;
  /** The expected value of `required`. */
  expected: Text;
}

function checkRequired(request: Request, name: string, { by, isMet, expected }: Requirement): void {
  const sources = sourcesOf(request, name);
  const [first] = sources;
  if (first === undefined) throw errorAt(`request.${name}`, text('request-field-missing', { by, name }));
  if (!sources.some(([, source]) => isMet(source) || source.default !== undefined))
    throw errorAt(`request.${first[0]}.required`, text('required-wrong', { expected, by }));
}

/** The fields that have one engine name. */
function sourcesOf(request: Request, name: string): [field: string, FieldSource][] {
  return Object.entries(request).filter(([field, { as = field }]) => as === name);
}
