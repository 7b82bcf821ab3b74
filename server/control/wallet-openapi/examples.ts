import { readUser } from '../../engine/user-info.js';
import { converterContext } from '../../profiles/converters.js';
import type { FieldSource, OperationSource } from '../../profiles/operation-schema.js';
import type { Operation, Profile } from '../../profiles/profile.js';
import type { ProfileSource } from '../../profiles/schema.js';
import type { ClientRecord, UserRecord } from '../../records/schema.js';
import { isAlwaysRequired } from './request-schema.js';

/** The subject of the examples. */
export interface ExampleParties {
  client: ClientRecord;
  appId: string;
  user: UserRecord;
  /** Milliseconds since the epoch. */
  now: number;
  baseUrl: string;
}

type Body = Record<string, unknown>;

/** Examples of requests, one for each grantType that the operation takes. */
export function requestExamples(
  { source }: Profile,
  { request }: OperationSource,
  parties: ExampleParties,
): Record<string, Body> {
  const values = exampleValues(source, parties);
  const grantTypes = grantTypesOf(request);
  if (grantTypes.length === 0) return { request: exampleBody(request, values, source.strict) };
  return Object.fromEntries(
    grantTypes.map((grantType) => [grantType, exampleBody(request, { ...values, grantType }, source.strict)]),
  );
}

/** An example of a successful answer, without its `result`. */
export function responseExample(profile: Profile, operation: Operation, request: Body, parties: ExampleParties): Body {
  const { client, user, now, baseUrl } = parties;
  const { lifetimes, source, scopes } = profile;
  const { authCode, accessToken, refreshToken } = exampleValues(source, parties);
  const fields = operation.readFields(request);
  const variables = {
    authCode,
    accessToken,
    refreshToken,
    accessTokenExpiresAt: now + lifetimes.accessToken,
    refreshTokenExpiresAt: now + lifetimes.refreshToken,
    customerId: user.userId,
    tokenStatus: 'ACTIVE',
    user,
    userInfo: readUser(user, scopes.names(), scopes),
    grant: { userId: user.userId, clientId: client.clientId, scopes: scopes.names() },
    client,
    now,
    authUrl: `${baseUrl}/wallet/consent?id=${exampleAuthId}`,
    authId: exampleAuthId,
    request: 'fields' in fields ? fields.fields : {},
  };
  return (operation.response(
    variables,
    converterContext(source, () => baseUrl),
  ) ?? {}) as Body;
}

const exampleAuthId = exampleCode({ length: 32 });

/** Values for the fields that the engine reads, by its names for them. */
function exampleValues({ tokens, scopes }: ProfileSource, { client, appId, user }: ExampleParties): Body {
  return {
    appId,
    authClient: client.referenceClientId ?? client.clientId,
    authCode: exampleCode(tokens.authCode),
    accessToken: exampleCode(tokens.accessToken),
    refreshToken: exampleCode(tokens.refreshToken),
    userId: user.userId,
    scopes: Object.keys(scopes).slice(0, 2),
    redirectUrl: 'https://shop.example/callback',
    state: 'a-value-that-comes-back',
  };
}

/** A code or token with the form that the wallet gives them. */
function exampleCode({ prefix = '', length }: { prefix?: string; length: number }): string {
  return (prefix + '0123456789'.repeat(Math.ceil(length / 10))).slice(0, length);
}

function grantTypesOf(request: OperationSource['request']): string[] {
  const [grantType] = Object.entries(request).filter(([name, { as = name }]) => as === 'grantType');
  return grantType?.[1].enum ?? [];
}

/** The fields that are required or that have a value here. */
function exampleBody(request: OperationSource['request'], values: Body, strict: boolean): Body {
  const body: Body = {};
  for (const [name, source] of Object.entries(request)) {
    const as = source.as ?? name;
    if (typeof source.required === 'object' && !isMet(source.required, values)) continue;
    const value = allowedValue(source, values[as]) ?? (isNeeded(source, strict) ? exampleValue(source) : undefined);
    if (value !== undefined && (as !== 'accessToken' || isNeeded(source, strict))) body[name] = value;
  }
  return body;
}

/** The value, if the field allows it. */
function allowedValue({ enum: allowed }: FieldSource, value: unknown): unknown {
  return [value].flat().every((item) => allowed === undefined || allowed.includes(item as string)) ? value : undefined;
}

function isMet(required: Record<string, string>, values: Body): boolean {
  return Object.entries(required).every(([as, value]) => values[as] === value);
}

function isNeeded(source: FieldSource, strict: boolean): boolean {
  return isAlwaysRequired(source, strict) || typeof source.required === 'object';
}

function exampleValue({ type, enum: values, default: fallback, max = 16 }: FieldSource): unknown {
  const text = values?.[0] ?? 'example'.slice(0, max);
  return fallback ?? (type === 'list' ? [text] : text);
}
