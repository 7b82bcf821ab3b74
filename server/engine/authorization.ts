import { type Text, text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import type { EngineDeps } from './deps.js';
import { jsapiError, jsapiErrorText, scopeError } from './jsapi-errors.js';
import type { App, Client, Lifetimes, User } from './parties.js';
import { randomId } from './random-id.js';
import type { WantedScopes } from './scopes.js';
import type { AuthCode } from './store.js';

/** A request for a user's authorization. */
export interface AuthorizationRequest {
  client: Client;
  /** Absent if the merchant's server prepared the authorization: the code then works for any mini program of the client. */
  app?: App;
  user: User;
  /** The scopes as they were asked for. They may be unknown, repeated or not registered. */
  scopes: readonly string[];
  lifetimes?: Partial<Lifetimes>;
  /** The authorization that the request started. Default: a new one. */
  authorizationId?: string;
  /** Values from the merchant's server, if it prepared the authorization. */
  state?: string;
  notifyUrl?: string;
  secondaryMerchantId?: string;
}

/**
 * The decision of the user, or of a setting or scenario instead of the user. `refuse` maps each refused scope to its code; the other
 * scopes are granted. `fail` ends the call with an error.
 */
export type Decision =
  | { decision: 'grant'; refuse?: Readonly<Record<string, string>> }
  | { decision: 'deny'; refuse?: Readonly<Record<string, string>> }
  | { decision: 'cancel' }
  | { decision: 'fail'; error: number; errorMessage?: string };

/** The result for the mini program. It never has the userId or a token. */
export interface AuthorizationResult {
  code?: AuthCode;
  granted: string[];
  /** Refused scope → code that says why. */
  refused: Record<string, string>;
  /** Present if nothing was granted. */
  failure?: { error: number; errorMessage: string };
  /** The reason for the result, for the journal. */
  reason: Text;
}

/** Turns a request and a decision into an authCode, granted scopes and refused scopes. */
export class Authorizations {
  readonly #deps: EngineDeps;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /**
   * Sorts the scopes of a request by whether the user has to be asked.
   * @param remember whether earlier consents count
   */
  async sort(request: AuthorizationRequest, remember: boolean): Promise<WantedScopes> {
    const { client, app, user, scopes } = request;
    const consent = remember ? await this.#deps.store.findConsent(user.userId, app?.appId ?? client.clientId) : undefined;
    return this.#deps.scopes.sort(scopes, client.scopes, Object.keys(consent?.scopes ?? {}), app?.ownApp === true);
  }

  /** Applies a decision. If something is granted, issues the code and remembers the consent. */
  async decide(request: AuthorizationRequest, wanted: WantedScopes, decision: Decision): Promise<AuthorizationResult> {
    const codes = new Map<string, string>(wanted.unavailable.map(({ scope }) => [scope, scopeError.unavailable]));
    if (decision.decision === 'cancel' || decision.decision === 'fail') {
      for (const scope of [...wanted.silent, ...wanted.remembered, ...wanted.ask]) codes.set(scope, scopeError.refused);
      const error = decision.decision === 'cancel' ? jsapiError.cancelled : decision.error;
      return failed(
        Object.fromEntries(codes),
        error,
        (decision.decision === 'fail' && decision.errorMessage) || jsapiErrorText(error),
        decision.decision === 'cancel' ? text('screen-closed') : text('made-to-fail', { error }),
      );
    }

    const refusals = decision.refuse ?? {};
    for (const scope of wanted.ask) {
      if (decision.decision === 'deny' || Object.hasOwn(refusals, scope)) codes.set(scope, refusals[scope] ?? scopeError.refused);
    }
    const refused = Object.fromEntries(codes);
    const asked = wanted.ask.filter((scope) => !codes.has(scope));
    const granted = [...wanted.silent, ...wanted.remembered, ...asked];
    if (granted.length === 0) {
      if (wanted.ask.length > 0)
        return failed(refused, jsapiError.refused, jsapiErrorText(jsapiError.refused), text('all-refused'));
      const unavailable = unavailableText(wanted);
      return failed(refused, jsapiError.notPermitted, inEnglish(unavailable), unavailable);
    }
    if (asked.length > 0) await this.#remember(request, asked);
    const code = await this.issue(request, granted);
    return { code, granted, refused, reason: grantedReason(wanted, asked, refused) };
  }

  /** Issues a code for granted scopes. */
  async issue(request: AuthorizationRequest, scopes: readonly string[]): Promise<AuthCode> {
    const { client, app, user, lifetimes, authorizationId = randomId(), state, notifyUrl, secondaryMerchantId } = request;
    const issuedAt = this.#deps.now();
    const code: AuthCode = {
      wallet: this.#deps.wallet,
      authCode: this.#deps.tokenFactory.authCode(),
      authorizationId,
      clientId: client.clientId,
      ...(app && { appId: app.appId }),
      userId: user.userId,
      scopes,
      issuedAt,
      expiresAt: issuedAt + this.#deps.lifetimes(client, user, lifetimes).authCode,
      ...(lifetimes && { lifetimes }),
      ...(state !== undefined && { state }),
      ...(notifyUrl !== undefined && { notifyUrl }),
      ...(secondaryMerchantId !== undefined && { secondaryMerchantId }),
    };
    await this.#deps.store.saveAuthCode(code);
    this.#deps.tell?.({ name: 'auth-code-created', code });
    return code;
  }

  async #remember({ client, app, user }: AuthorizationRequest, asked: readonly string[]): Promise<void> {
    const grantedAt = this.#deps.now();
    const scopes = Object.fromEntries(asked.map((scope) => [scope, grantedAt]));
    await this.#deps.store.rememberConsent({
      userId: user.userId,
      clientId: client.clientId,
      ...(app && { appId: app.appId }),
      scopes,
    });
  }
}

function failed(refused: Record<string, string>, error: number, errorMessage: string, reason: Text): AuthorizationResult {
  return { granted: [], refused, failure: { error, errorMessage }, reason };
}

function unavailableText(wanted: WantedScopes): Text {
  const scopes = wanted.unavailable.map(({ scope, known }) => text(known ? 'scope-not-registered' : 'scope-unknown', { scope }));
  return text('no-permission', { scopes });
}

function grantedReason({ remembered, silent }: WantedScopes, asked: string[], refused: Record<string, string>): Text {
  const parts: Text[] = [];
  if (asked.length > 0) parts.push(text('user-agreed', { scopes: asked }));
  if (remembered.length > 0) parts.push(text('agreed-before', { scopes: remembered }));
  if (silent.length === 1) parts.push(text('scope-silent', { scope: silent }));
  if (silent.length > 1) parts.push(text('scopes-silent', { scopes: silent }));
  const codes = Object.entries(refused).map(([scope, code]) => `${scope} (${code})`);
  if (codes.length > 0) parts.push(text('not-granted', { scopes: codes }));
  return text('granted-parts', { parts });
}
