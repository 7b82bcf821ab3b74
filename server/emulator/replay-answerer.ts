import type { KeyObject } from 'node:crypto';
import type { Answerer, EmulatorAnswer } from '../comparison/answerer.js';
import { exampleUser } from '../comparison/example-user.js';
import { findScopes } from '../comparison/find-scopes.js';
import { type FittingState, fittingState } from '../comparison/fitting-state.js';
import { type PlatformCall, readPlatformCall } from '../comparison/platform-call.js';
import { credentialIn, platformOutcome } from '../comparison/platform-outcome.js';
import { readGiven } from '../comparison/read-given.js';
import { engineFields } from '../comparison/repair-request.js';
import { findCredentials } from '../engine/credentials.js';
import type { OutcomeName } from '../engine/outcomes.js';
import type { Grant } from '../engine/store.js';
import { type HandledCall, handleCall } from '../gateway/handle.js';
import type { Operation, Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import type { UserEntry } from '../records/entries.js';
import type { Fixtures } from '../records/fixtures.js';
import { Tenant } from '../tenants/tenant.js';
import { quote } from '../texts/text.js';
import { acceptableRequest, type KnownState, missingCredential, requestOf } from './acceptable-request.js';
import {
  type CredentialOwner,
  changeOwner,
  newCode,
  newGrant,
  pairOf,
  putCredential,
  putParties,
  restoreCredentials,
  withGrant,
} from './replay-state.js';
import { type ReplayedRequest, replayedCall } from './replayed-call.js';

/** The clients, mini programs and users that both sides may know. */
export type KnownParties = Pick<Fixtures, 'clients' | 'apps' | 'users'>;

export interface ReplayOptions {
  profile: Profile;
  fixtures: KnownParties;
  /** Signs the answers. */
  privateKey: KeyObject;
  /** Signs tokens that are JWTs: 2048 bits or more. Default: the key that signs the answers. */
  tokenKey?: KeyObject;
  /** The scopes that the user agreed to. Absent: they are guessed from the data that the platform sent. */
  scopes?: readonly string[];
}

/** Answers the calls of a recording with the gateway of an emulator, in the same process and without a port. */
export class ReplayAnswerer implements Answerer {
  readonly #options: ReplayOptions;
  readonly #tenant: Tenant;
  readonly #exampleUser: UserEntry;
  /** Mini programs that the platform has accepted: client and appId. */
  readonly #knownApps = new Set<string>();
  /** Clients whose calls the platform has accepted. */
  readonly #knownClients = new Set<string>();
  /** Code or token → the scopes that the recording tells. */
  readonly #toldScopes = new Map<string, readonly string[]>();

  constructor(options: ReplayOptions) {
    const { profile, fixtures, privateKey, tokenKey = privateKey } = options;
    this.#options = options;
    this.#tenant = new Tenant({
      name: 'replay',
      wallet: profile.name,
      profiles: { get: () => profile, names: () => [profile.name] },
      fixtures: { ...fixtures, appsWithoutClient: [], scenarios: [], scenarioPlaces: [] },
      issuer: { privateKey: tokenKey, name: () => 'https://emulator.example' },
    });
    this.#tenant.clock.freeze();
    this.#exampleUser = exampleUser(fixtures.users, profile.source.firstUser);
    for (const { appId, clientId } of fixtures.apps.values()) this.#knownApps.add(`${clientId} ${appId}`);
  }

  async answer(exchange: Exchange): Promise<EmulatorAnswer> {
    const { profile } = this.#options;
    const call = readPlatformCall(exchange, profile);
    this.#tenant.clock.set(call.answeredAt);
    return call.operation === undefined ? this.#answerUnknown(call) : this.#answerOperation(call, call.operation);
  }

  async #answerUnknown(call: PlatformCall): Promise<EmulatorAnswer> {
    const handled = await this.#handle(requestOf(call));
    const about = { scopes: [], areScopesGuessed: false, user: this.#exampleUser, isSameUser: false, refusedFields: [] };
    return answerOf(handled, about);
  }

  async #answerOperation(call: PlatformCall, operation: Operation): Promise<EmulatorAnswer> {
    const fields = this.#fieldsOf(call, operation);
    const outcome = this.#outcomeOf(call, operation, fields);
    const state = fittingState(call, outcome, fields, this.#options.fixtures.clients.get(call.clientId)?.record);
    const { request, refusedFields, clientId } = acceptableRequest({ call, operation, outcome, state, fields }, this.#known());
    putParties(this.#tenant, clientId, state, fields.appId);
    const { user, isSameUser } = await this.#putUser(call, operation, fields, state);
    const told = state.lacksScope ? [] : this.#toldScopesOf(fields);
    const scopes = told ?? this.#guessScopes(call, operation, isSameUser ? user : undefined);
    const owner = { clientId, appId: state.appId, userId: user.userId, scopes };
    const credential = state.credential ?? missingCredential(request, operation, this.#options.profile);
    if (credential !== undefined) await putCredential(this.#tenant, credential, owner);
    const credentials = await findCredentials(this.#tenant.store, fields);
    changeOwner(this.#tenant, credentials, { userId: user.userId, scopes });
    const before = structuredClone(await findCredentials(this.#tenant.store, fields));

    const handled = await this.#handle(request);
    if (call.succeeded) this.#knownClients.add(call.clientId);
    if (call.succeeded) await this.#adoptAnswer(call, operation, handled, owner, fields);
    else if (handled.result.outcome === 'done') restoreCredentials(this.#tenant, before);
    if (outcome !== 'app-unknown' && state.appId !== undefined) this.#knownApps.add(`${clientId} ${state.appId}`);
    return answerOf(handled, { scopes, areScopesGuessed: told === undefined, user, isSameUser, refusedFields });
  }

  #known(): KnownState {
    const { profile, fixtures } = this.#options;
    const [clientId = ''] = fixtures.clients.keys();
    return { profile, clientId, userId: this.#exampleUser.userId };
  }

  #fieldsOf({ body }: PlatformCall, { name }: Operation): Record<string, unknown> {
    const source = this.#options.profile.source.operations[name];
    return source === undefined ? {} : engineFields(source, body);
  }

  #outcomeOf(call: PlatformCall, operation: Operation, fields: Record<string, unknown>): OutcomeName | undefined {
    return platformOutcome(call, this.#options.profile, {
      fields,
      isRefused: 'field' in operation.readFields({ ...call.body }),
      isClientKnown: this.#knownClients.has(call.clientId),
      isAppKnown: this.#knownApps.has(`${call.clientId} ${String(fields.appId)}`),
    });
  }

  /** The user of a call: the platform's own if it is one of the fixtures, else one with the platform's id and example data. */
  async #putUser(call: PlatformCall, operation: Operation, fields: Record<string, unknown>, state: FittingState) {
    const { fixtures, profile } = this.#options;
    const credentials = await findCredentials(this.#tenant.store, fields);
    const stored = credentials.authCode?.stored ?? (credentials.accessToken ?? credentials.refreshToken)?.stored?.grant;
    const told = state.userId ?? readGiven(call, operation, profile).userId;
    const userId = told ?? stored?.userId ?? this.#exampleUser.userId;
    const same = fixtures.users.get(userId);
    const record = same?.record ?? { ...this.#exampleUser.record, userId };
    this.#tenant.put('user', userId, record);
    return { user: this.#tenant.users.get(userId) as UserEntry, isSameUser: same !== undefined && told !== undefined };
  }

  /** The scopes of the grant, if they are named or the recording tells them. */
  #toldScopesOf(fields: Record<string, unknown>): readonly string[] | undefined {
    const credential = credentialIn(fields);
    return this.#options.scopes ?? (credential && this.#toldScopes.get(String(fields[credential])));
  }

  /** The scopes of the grant that show in the platform's answer. @param same the user, if the fixtures have it */
  #guessScopes(call: PlatformCall, operation: Operation, same: UserEntry | undefined): readonly string[] {
    const answer = call.succeeded ? (call.answer ?? {}) : {};
    const found = findScopes(answer, operation, this.#options.profile, this.#exampleUser, same);
    return operation.scope === undefined ? found : [...found, operation.scope];
  }

  /** Stores the codes and tokens that the platform gave out, so that the emulator knows them in later calls. */
  async #adoptAnswer(
    call: PlatformCall,
    operation: Operation,
    { result }: HandledCall,
    owner: CredentialOwner,
    fields: Record<string, unknown>,
  ): Promise<void> {
    const tenant = this.#tenant;
    const { accessToken, refreshToken, authCode, accessExpiresAt, refreshExpiresAt } = readGiven(
      call,
      operation,
      this.#options.profile,
    );
    const now = tenant.clock.now();
    const { lifetimes } = tenant.profile;
    if (authCode !== undefined && operation.verb === 'issue-code') {
      const scopes = [fields.scopes].flat().map(String);
      this.#toldScopes.set(authCode, scopes);
      const code = newCode(tenant, authCode, { ...owner, scopes });
      await tenant.store.saveAuthCode({ ...code, issuedAt: now, expiresAt: now + lifetimes.authCode });
    }
    const isNew = accessToken !== undefined && (await tenant.store.findAccessToken(accessToken)) === undefined;
    if (operation.verb !== 'exchange' || !isNew) return;
    const grant =
      result.outcome === 'done'
        ? ((result.answer as { grant?: Grant }).grant ?? newGrant(tenant, owner))
        : newGrant(tenant, owner);
    const pair = pairOf(
      { accessToken, expiresAt: accessExpiresAt ?? now + lifetimes.accessToken },
      { refreshToken: refreshToken ?? `refresh of ${accessToken}`, expiresAt: refreshExpiresAt ?? now + lifetimes.refreshToken },
      now,
    );
    await tenant.store.savePair(grant, withGrant(grant, pair));
    this.#passScopes(fields, [accessToken, refreshToken]);
  }

  /** Tokens have the scopes of the code or token that they were exchanged for. */
  #passScopes(fields: Record<string, unknown>, tokens: readonly (string | undefined)[]): void {
    const credential = credentialIn(fields);
    const told = credential && this.#toldScopes.get(String(fields[credential]));
    if (told !== undefined) for (const token of tokens) if (token !== undefined) this.#toldScopes.set(token, told);
  }

  #handle(request: ReplayedRequest): Promise<HandledCall> {
    // The answer of an emulator that fails is an answer too.
    return handleCall(replayedCall(request, this.#tenant), this.#options.privateKey, () => {});
  }
}

function answerOf(
  { result, answer: { headers, body } }: HandledCall,
  about: Pick<EmulatorAnswer, 'scopes' | 'areScopesGuessed' | 'user' | 'isSameUser' | 'refusedFields'>,
): EmulatorAnswer {
  const { outcome } = result;
  const reason = result.reason ?? ('message' in result ? result.message : undefined);
  return {
    status: 200,
    headers: Object.entries(headers),
    body,
    outcome,
    reason: reason ?? quote(''),
    ...about,
  };
}
