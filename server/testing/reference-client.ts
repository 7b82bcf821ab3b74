import { constants, type KeyObject, sign } from 'node:crypto';
import { formatHeaderTime } from '../clock/time.js';
import type { FieldSource, OperationSource } from '../profiles/operation-schema.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import { encodeSignature } from './merchant.js';

/** The platform that the client calls, and what a test does there besides calls. */
export interface ReferencePlatform {
  /** Sends a request, and returns the answer. */
  send(request: Exchange['request']): Promise<NonNullable<Exchange['response']>>;
  /** A user consents to scopes in a mini program, which gets a code. */
  consent(userId: string, scopes: readonly string[]): Promise<string>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Lets time pass, in milliseconds. */
  advance(milliseconds: number): void;
}

export interface ClientIdentity {
  clientId: string;
  appId: string;
  key: KeyObject;
}

/** A call that a run made. */
export interface RecordedCall {
  /** The step of the run, in words. */
  step: string;
  exchange: Exchange;
  /** The path and the fields of the body are as the profile says; a step can send something else on purpose. */
  operation: string;
}

type Tokens = { accessToken: string; refreshToken: string };

/** The time between two calls, in milliseconds. */
const pace = 1000;

/**
 * A merchant's server that is written for one wallet: it knows the paths and the names of the fields from a profile. It runs through
 * every step of an authorization that a merchant sees, with the refusals that an integration is tested with.
 */
export class ReferenceClient {
  readonly #calls: RecordedCall[] = [];
  readonly #operations: Readonly<Record<string, OperationSource>>;

  constructor(
    readonly profile: Profile,
    readonly platform: ReferencePlatform,
    readonly identity: ClientIdentity,
    readonly users: readonly [string, string, string],
  ) {
    this.#operations = profile.source.operations;
  }

  /** Runs through all steps. @returns the calls, in order */
  async run(): Promise<readonly RecordedCall[]> {
    const [first, second, third] = this.users;
    const scopes = this.profile.scopes.names();
    const silent = scopes.filter((name) => this.profile.source.scopes[name]?.consent === 'silent');
    const reading = scopes.filter((name) => this.profile.source.scopes[name]?.reads !== undefined);
    await this.#start();
    const code = await this.platform.consent(first, scopes);
    const whole = await this.#exchange('exchanges a code for all scopes', code);
    await this.#exchange('exchanges a used code', code);
    await this.#exchange('exchanges an unknown code', unknownLike(code));
    await this.#readAll('all scopes', whole.accessToken);
    // A value that several users have is none of a user's own data.
    await this.#readAll('all scopes of another user', await this.#grant('all scopes of another user', third, scopes));
    await this.#readPart('silent scopes', second, silent);
    for (const [index, part] of inParts(reading, 3).entries())
      await this.#readPart(`part ${index + 1} of the scopes`, third, part);
    await this.#readOneByOne(second, reading);
    for (const user of [second, third]) await this.#exchangeAndRead(user, scopes);
    await this.#refuseParameters(whole);
    const renewed = await this.#refresh(whole);
    await this.#revoke(renewed);
    await this.#expire(first, reading);
    return this.#calls;
  }

  async #start(): Promise<void> {
    for (const [name] of this.#withVerb('start'))
      await this.#call(`prepares an authorization with ${name}`, name, { redirectUrl: 'http://localhost:3000/callback' });
  }

  async #readAll(what: string, accessToken: string): Promise<void> {
    for (const [name] of [...this.#withVerb('read-user'), ...this.#withVerb('read-declared')])
      await this.#call(`reads ${name} with ${what}`, name, { accessToken });
  }

  async #readPart(what: string, userId: string, scopes: readonly string[]): Promise<void> {
    const [read] = this.#withVerb('read-user')[0] ?? [''];
    const accessToken = await this.#grant(what, userId, scopes);
    await this.#call(`reads the user with ${what}`, read, { accessToken });
  }

  /** @returns an access token for these scopes */
  async #grant(what: string, userId: string, scopes: readonly string[]): Promise<string> {
    const code = await this.platform.consent(userId, scopes);
    return (await this.#exchange(`exchanges a code for ${what}`, code)).accessToken;
  }

  /** Codes that the platform gives to the merchant's server tell their scopes, so that each scope can be seen alone. */
  async #readOneByOne(userId: string, scopes: readonly string[]): Promise<void> {
    const [issuing] = this.#withVerb('issue-code')[0] ?? [];
    const [read] = this.#withVerb('read-user')[0] ?? [];
    if (issuing === undefined || read === undefined) return;
    for (const scope of scopes) {
      const issued = await this.#call(`asks for a code for ${scope}`, issuing, { userId, scopes: [scope] });
      const { accessToken } = await this.#exchange(
        `exchanges a code for ${scope}`,
        String(this.#find(issuing, issued, '$authCode')),
      );
      await this.#call(`reads the user with ${scope}`, read, { accessToken });
    }
  }

  async #exchangeAndRead(userId: string, scopes: readonly string[]): Promise<void> {
    for (const [name] of this.#withVerb('exchange').slice(1)) {
      const authCode = await this.platform.consent(userId, scopes);
      await this.#call(`exchanges a code with ${name}`, name, { grantType: 'AUTHORIZATION_CODE', authCode });
    }
  }

  async #refuseParameters({ accessToken }: Tokens): Promise<void> {
    const [exchange] = this.#withVerb('exchange')[0] ?? [''];
    const [read] = this.#withVerb('read-user')[0] ?? [''];
    await this.#call('leaves out the code', exchange, { grantType: 'AUTHORIZATION_CODE' });
    await this.#call('leaves out the token', read, {});
    await this.#call('sends a token with a character that is forbidden', read, { accessToken: 'a#b' });
    await this.#call('sends the id of an unknown mini program', read, { accessToken, appId: '3333019999999999' });
    await this.#call('names another client', read, { accessToken, authClient: '202099999999999999999000' });
    await this.#call('sends an unknown token', read, { accessToken: unknownLike(accessToken) });
    await this.#call('is an unknown client', read, { accessToken }, '202099999999999999999000');
  }

  async #refresh(old: Tokens): Promise<Tokens> {
    const renewed = await this.#renew('refreshes the tokens', old.refreshToken);
    const [read] = this.#withVerb('read-user')[0] ?? [''];
    await this.#call('reads the user with the old token', read, { accessToken: old.accessToken });
    await this.#renew('refreshes with the used token', old.refreshToken);
    await this.#renew('refreshes with an unknown token', unknownLike(old.refreshToken));
    await this.#call('reads the user with the new token', read, { accessToken: renewed.accessToken });
    return renewed;
  }

  async #revoke({ accessToken, refreshToken }: Tokens): Promise<void> {
    const [revoke] = this.#withVerb('revoke')[0] ?? [];
    const [read] = this.#withVerb('read-user')[0] ?? [''];
    if (revoke === undefined) return;
    await this.#call('revokes the token', revoke, { accessToken });
    await this.#call('reads the user with the revoked token', read, { accessToken });
    await this.#renew('refreshes with the revoked token', refreshToken);
  }

  async #expire(userId: string, scopes: readonly string[]): Promise<void> {
    const { accessToken: accessLifetime, refreshToken: refreshLifetime } = this.profile.lifetimes;
    const [read] = this.#withVerb('read-user')[0] ?? [''];
    const code = await this.platform.consent(userId, scopes);
    const { accessToken, refreshToken } = await this.#exchange('exchanges a code for tokens that expire', code);
    this.platform.advance(accessLifetime);
    await this.#call('reads the user with an expired token', read, { accessToken });
    this.platform.advance(Math.max(refreshLifetime - accessLifetime, 0));
    await this.#renew('refreshes with an expired token', refreshToken);
  }

  async #exchange(step: string, authCode: string): Promise<Tokens> {
    return this.#tokens(step, { grantType: 'AUTHORIZATION_CODE', authCode });
  }

  async #renew(step: string, refreshToken: string): Promise<Tokens> {
    return this.#tokens(step, { grantType: 'REFRESH_TOKEN', refreshToken });
  }

  async #tokens(step: string, fields: object): Promise<Tokens> {
    const [name] = this.#withVerb('exchange')[0] ?? [''];
    const body = await this.#call(step, name, fields);
    return {
      accessToken: String(this.#find(name, body, '$accessToken')),
      refreshToken: String(this.#find(name, body, '$refreshToken')),
    };
  }

  #withVerb(verb: OperationSource['verb']): [name: string, operation: OperationSource][] {
    return Object.entries(this.#operations).filter(([, operation]) => operation.verb === verb);
  }

  /** The value of an answer that the profile fills from a variable, such as `$accessToken`. */
  #find(operation: string, body: unknown, variable: string): unknown {
    const field = Object.entries(this.#operations[operation]?.response ?? {}).find(([, tree]) => tree === variable)?.[0];
    return field === undefined ? undefined : (body as Record<string, unknown>)[field];
  }

  /** @param fields by the engine's names. The client adds its own id, that of its mini program, and what else is required */
  async #call(step: string, operation: string, fields: object, clientId = this.identity.clientId): Promise<unknown> {
    this.platform.advance(pace);
    const source = this.#operations[operation];
    if (source === undefined) throw new Error(`the profile ${this.profile.name} has no operation ${operation}`);
    const own = { authClient: this.identity.clientId, appId: this.identity.appId };
    const body = Buffer.from(JSON.stringify(bodyOf(source, { ...own, ...fields })));
    const path = `${this.profile.prefixes[0]}${source.paths[0]}`;
    // A signature takes longer than all else, and the first call of an operation tells as much as the others.
    const isSigned = !this.#calls.some((call) => call.operation === operation);
    const headers = this.#headers(path, body, clientId, isSigned);
    const request = { method: 'POST', url: `https://platform.example${path}`, headers, body };
    const at = this.platform.now();
    const response = await this.platform.send(request);
    this.#calls.push({ step, operation, exchange: { at, durationMs: 1, request, response, notification: false } });
    return JSON.parse(response.body.toString());
  }

  #headers(path: string, body: Buffer, clientId: string, isSigned: boolean): [string, string][] {
    const { signature, headers: form, timeOffset } = this.profile.source;
    const now = this.platform.now();
    const time = formatHeaderTime(now, form.time, timeOffset);
    const requestId = `request-${this.#calls.length + 1}`;
    const headers: [string, string][] = [
      ['Content-Type', 'application/json; charset=UTF-8'],
      ['Client-Id', clientId],
      ['Request-Time', time],
    ];
    if (form.required.includes('Request-Id')) headers.push(['Request-Id', requestId]);
    if (!isSigned) return headers;
    const content = this.profile.signedRequest({ method: 'POST', path, clientId, time, requestId }, body);
    const bytes = sign('sha256', content, { key: this.identity.key, padding: constants.RSA_PKCS1_PADDING });
    const value = encodeSignature(bytes, signature.encoding);
    return [...headers, ['Signature', `algorithm=${signature.algorithm}, keyVersion=1, signature=${value}`]];
  }
}

/** Writes fields in the order and with the names of the profile. Of several names for a field, it takes the first. */
function bodyOf({ request }: OperationSource, given: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const written = new Set<string>();
  for (const [name, source] of Object.entries(request)) {
    const field = source.as ?? name;
    if (written.has(field)) continue;
    const value = given[field] ?? (source.required === true ? example(name, source) : undefined);
    if (value === undefined) continue;
    written.add(field);
    body[name] = field === 'grantType' ? wireGrantType(value as string, source) : value;
  }
  return body;
}

/** A wallet may write a grant type in its own way. */
function wireGrantType(grantType: string, { aliases = {} }: FieldSource): string {
  return Object.entries(aliases).find(([, value]) => value === grantType)?.[0] ?? grantType;
}

function example(name: string, { type, enum: values, form, max = 64 }: FieldSource): unknown {
  const text = values?.[0] ?? (/url$/i.test(name) ? 'https://merchant.example/callback' : name.slice(0, max));
  if (type === 'list') return values === undefined ? ['AGREEMENT_PAY'] : [text];
  return form === 'id' ? text.replace(/[@#?]/g, '') : text;
}

/** A code or token of the same form that the platform never gave out. */
function unknownLike(value: string): string {
  return value.slice(0, -6) + value.slice(-6).replace(/[0-9A-Za-z]/g, (character) => (character === 'Z' ? 'Y' : 'Z'));
}

function inParts<Item>(items: readonly Item[], count: number): Item[][] {
  return Array.from({ length: count }, (_, part) => items.filter((__, index) => index % count === part));
}
