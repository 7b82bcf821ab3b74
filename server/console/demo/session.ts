import { type KeyObject, randomUUID } from 'node:crypto';
import { shorten } from '../../engine/outcomes.js';
import { readsAnything } from '../../engine/user-info.js';
import type { FieldSource } from '../../profiles/operation-schema.js';
import type { Operation, Profile } from '../../profiles/profile.js';
import type { AppEntry } from '../../records/entries.js';
import type { Tenant } from '../../tenants/tenant.js';
import { text } from '../../texts/text.js';
import { TextError } from '../../texts/text-error.js';
import { checkAnswer } from './check-answer.js';
import { callAsDemoMerchant, demoAppId, demoClientId, demoMerchantSigns, type Exchange, pathOf } from './merchant.js';

type Body = Exchange['response']['body'];

/** The result of a request of the mini program to the demo merchant's server. */
export interface MerchantAnswer {
  ok: boolean;
  /** The last result of the platform, such as `SUCCESS: success`. */
  result: string;
  /** The user's data, without ids. Absent if nothing was read. */
  customer?: Record<string, unknown>;
  /** The tokens that the server keeps, shortened. Absent if it got none. */
  kept?: Record<string, unknown>;
}

/** The mini program of the playground: the built-in one, or the first one if the fixtures do not have it. */
export function demoApp({ apps }: Tenant): AppEntry | undefined {
  return apps.get(demoAppId) ?? apps.all().next().value;
}

/** The client of the playground's mini program. */
export function demoClientOf(tenant: Tenant): string {
  return demoApp(tenant)?.clientId ?? demoClientId;
}

/** The demo merchant's server acts for one customer, in signed calls over HTTP. The tokens never reach a browser. */
export class DemoSession {
  readonly id = randomUUID();
  readonly #base: string;
  readonly #tenant: Tenant;
  readonly #platformKey: KeyObject;
  /** The scopes that the mini program got. */
  #scopes: readonly string[] = [];
  #accessToken: string | undefined;
  #refreshToken: string | undefined;
  #usedRefreshToken: string | undefined;

  /**
   * @param base the emulator's address, with a possible `/t/<tenant>`
   * @param platformKey verifies the platform's answers
   */
  constructor(base: string, tenant: Tenant, platformKey: KeyObject) {
    this.#base = base;
    this.#tenant = tenant;
    this.#platformKey = platformKey;
  }

  get accessToken(): string | undefined {
    return this.#accessToken;
  }

  /** The actions that the server can do now. */
  get can(): { read: boolean; refresh: boolean; refreshUsed: boolean; revoke: boolean; wait: boolean } {
    const hasToken = this.#accessToken !== undefined;
    return {
      read: hasToken && readOperations(this.#tenant.profile, this.#scopes).length > 0,
      refresh: this.#refreshToken !== undefined,
      refreshUsed: this.#usedRefreshToken !== undefined,
      revoke: hasToken && pathOf(this.#tenant.profile, 'revoke') !== undefined,
      wait: hasToken,
    };
  }

  /**
   * Starts an authorization.
   * @returns the address for the mini program to open; undefined if the platform gave none
   * @throws NotDemoKey, NoResult, UntrustedAnswer
   */
  async prepare(scopes: readonly string[]): Promise<{ authUrl?: string; result: string }> {
    const operation = operationOf(this.#tenant.profile, 'start');
    if (operation === undefined) throw new TextError(text('demo-no-prepare', { wallet: this.#tenant.profile.name }));
    const { request, response } = this.#source(operation);
    const given = { scopes: request.scopes?.type === 'list' ? scopes : scopes[0], redirectUrl: redirectUrlOf(this.#tenant) };
    const body = await this.#call(operation, given);
    const [name = ''] = Object.entries(response).find(([, value]) => value === '$authUrl') ?? [];
    const authUrl = body[name];
    return { result: resultOf(body), ...(typeof authUrl === 'string' && { authUrl }) };
  }

  /**
   * Exchanges the code, and reads what the scopes allow.
   * @param scopes that the mini program got
   * @throws NotDemoKey, NoResult, UntrustedAnswer
   */
  async exchange(authCode: string, scopes: readonly string[]): Promise<MerchantAnswer> {
    this.#scopes = scopes;
    const body = await this.#apply({ grantType: 'AUTHORIZATION_CODE', authCode });
    if (!isDone(body) || this.#accessToken === undefined) return { ok: false, result: resultOf(body) };
    return { ...(await this.read(resultOf(body))), kept: keptOf(body) };
  }

  /**
   * Reads what the scopes allow.
   * @param before the result if there is nothing to read
   * @throws NotDemoKey, NoResult, UntrustedAnswer
   */
  async read(before = ''): Promise<MerchantAnswer> {
    let answer: MerchantAnswer = { ok: true, result: before };
    for (const operation of readOperations(this.#tenant.profile, this.#scopes)) {
      const body = await this.#call(operation, { accessToken: this.#accessToken });
      answer = { ok: isDone(body), result: resultOf(body), customer: { ...answer.customer, ...withoutIds(body) } };
      if (!answer.ok) break;
    }
    return answer;
  }

  /**
   * Refreshes the tokens.
   * @param withUsed with the refresh token before the last one, which no longer works
   * @throws NotDemoKey, NoResult, UntrustedAnswer
   */
  async refresh(withUsed: boolean): Promise<MerchantAnswer> {
    const refreshToken = withUsed ? this.#usedRefreshToken : this.#refreshToken;
    const body = await this.#apply({ grantType: 'REFRESH_TOKEN', refreshToken });
    if (isDone(body)) this.#usedRefreshToken = refreshToken;
    return { ok: isDone(body), result: resultOf(body), ...(isDone(body) && { kept: keptOf(body) }) };
  }

  /** Gives the access token back. The server keeps its tokens, so that a tester sees that they no longer work. @throws NotDemoKey, NoResult, UntrustedAnswer */
  async revoke(): Promise<MerchantAnswer> {
    const operation = operationOf(this.#tenant.profile, 'revoke');
    if (operation === undefined) throw new TextError(text('demo-no-revoke', { wallet: this.#tenant.profile.name }));
    const body = await this.#call(operation, { accessToken: this.#accessToken });
    return { ok: isDone(body), result: resultOf(body) };
  }

  async #apply(fields: Record<string, unknown>): Promise<Body> {
    const operation = operationOf(this.#tenant.profile, 'exchange') as Operation;
    const body = await this.#call(operation, { ...fields, customerBelongsTo: 'BILLETERA' });
    if (isDone(body)) {
      const { accessToken, refreshToken } = body;
      if (typeof accessToken === 'string') this.#accessToken = accessToken;
      if (typeof refreshToken === 'string') this.#refreshToken = refreshToken;
    }
    return body;
  }

  /** @param given the values of fields, by the engine's names */
  async #call(operation: Operation, given: Record<string, unknown>): Promise<Body> {
    const { profile, clock } = this.#tenant;
    const clientId = demoClientOf(this.#tenant);
    const client = this.#tenant.clients.get(clientId);
    const signs = client === undefined || (await demoMerchantSigns(client));
    const body = fieldsOf(this.#source(operation).request, { appId: demoApp(this.#tenant)?.appId, ...given });
    const path = operation.paths[0] as string;
    const { request, response } = await callAsDemoMerchant(this.#base, profile, clientId, path, body, clock.now(), signs);
    const { headers, bytes } = response;
    const answer = { path, clientId, requestId: request.headers['Request-Id'] ?? '', headers, body: bytes };
    checkAnswer(profile, answer, this.#platformKey, clock.now());
    return response.body;
  }

  #source({ name }: Operation) {
    return this.#tenant.profile.source.operations[name] as Profile['source']['operations'][string];
  }
}

/** Fills the fields of a request: the given values, and an example for every other field that the wallet requires. */
function fieldsOf(request: Record<string, FieldSource>, given: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(request)) {
    const value = given[field.as ?? name] ?? (field.required === true ? exampleOf(field) : undefined);
    if (value !== undefined) body[name] = value;
  }
  return body;
}

function exampleOf({ enum: values, type, form }: FieldSource): unknown {
  if (values !== undefined) return values[0];
  if (type === 'list') return [];
  if (type === 'any') return {};
  return form === 'id' ? randomUUID() : 'demo';
}

/** The first operation with a verb. */
function operationOf({ operations }: Profile, verb: Operation['verb']): Operation | undefined {
  return [...operations.values()].find((operation) => operation.verb === verb);
}

/** The operations that use the scopes: the user information, if a scope reads some, and those that need one of the scopes. */
function readOperations(profile: Profile, scopes: readonly string[]): Operation[] {
  const covered = profile.scopes.covered(scopes);
  const user = readsAnything(scopes, profile.scopes) ? operationOf(profile, 'read-user') : undefined;
  const declared = [...new Set(profile.operations.values())].filter(
    ({ verb, scope }) => verb === 'read-declared' && scope !== undefined && covered.has(scope),
  );
  return [...(user === undefined ? [] : [user]), ...declared];
}

/** An address that the client may be redirected to. */
function redirectUrlOf(tenant: Tenant): string {
  const [first = 'http://localhost:3000/callback'] = tenant.clients.get(demoClientOf(tenant))?.record.redirectUrls ?? [];
  return first.replace(/\*$/, '');
}

function isDone({ result }: Body): boolean {
  return result.resultStatus === 'S';
}

function resultOf({ result: { resultCode, resultMessage } }: Body): string {
  return `${resultCode}: ${resultMessage}`;
}

/** The fields that the server stores, with shortened tokens, because the page shows them. */
function keptOf({ result: _, ...fields }: Body): Record<string, unknown> {
  const shown = Object.entries(fields).map(([name, value]) =>
    typeof value === 'string' && /^(access|refresh)Token$/.test(name) ? [name, shorten(value)] : [name, value],
  );
  return Object.fromEntries(shown.filter(([name]) => !isId(name as string)));
}

function withoutIds({ result: _, userInfo, ...flat }: Body): Record<string, unknown> {
  const fields = { ...flat, ...(userInfo as Record<string, unknown> | undefined) };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !isId(name)));
}

/** Ids of the user stay on the server. */
function isId(name: string): boolean {
  return name === 'userId' || name === 'customerId';
}
