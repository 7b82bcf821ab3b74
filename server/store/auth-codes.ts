import type { AuthCode, Grant, GrantOwner, Redeemer, Redemption } from '../engine/store.js';
import type { CreateMap } from './create-map.js';
import type { CredentialIndex } from './credential-index.js';
import type { EvictingMap } from './evicting-map.js';
import { wrongRedeemer } from './redeemer.js';

/** A tenant's authorization codes. */
export class AuthCodes {
  readonly #codes: EvictingMap<AuthCode>;
  readonly #credentials: CredentialIndex;

  constructor(createMap: CreateMap, credentials: CredentialIndex) {
    this.#credentials = credentials;
    this.#codes = createMap<AuthCode>(
      'auth-codes',
      (code) => code.usedAt ?? code.expiresAt,
      (code) => credentials.remove(code.authCode),
    );
  }

  /** Adds a code that is stored already. */
  restore(authCode: string, code: AuthCode): void {
    this.#codes.restore(authCode, code);
    this.#credentials.add(authCode);
  }

  save(code: AuthCode): void {
    this.#codes.add(code.authCode, code);
    this.#credentials.add(code.authCode);
  }

  find(authCode: string): AuthCode | undefined {
    return this.#codes.get(authCode);
  }

  keys(): Iterable<string> {
    return this.#codes.keys();
  }

  all(): AuthCode[] {
    return [...this.#codes.values()];
  }

  /** Checks owner, use and expiry, and marks the code as used. */
  redeem(authCode: string, by: Redeemer, grant: Grant): Redemption<AuthCode> {
    const credential = this.#codes.get(authCode);
    if (credential === undefined) return { state: 'unknown' };
    const wrong = wrongRedeemer(credential, by);
    if (wrong !== undefined) return { state: wrong, credential };
    if (credential.usedAt !== undefined) return { state: 'used', credential };
    if (credential.expiresAt <= by.at) return { state: 'expired', credential };
    this.#codes.change(authCode, { usedAt: by.at });
    return { state: 'redeemed', credential, grant };
  }

  /** Removes the unused codes of a mini program, or of a client without one. @param userId absent: every user's */
  forgetUnused(appOrClientId: string, userId: string | undefined): void {
    for (const code of this.all()) {
      const matches = (code.appId ?? code.clientId) === appOrClientId && (userId === undefined || code.userId === userId);
      if (matches && code.usedAt === undefined) this.#codes.remove(code.authCode);
    }
  }

  forgetOwner(owner: GrantOwner): void {
    for (const { authCode, userId, clientId } of this.all()) {
      if ((owner.userId ?? userId) === userId && (owner.clientId ?? clientId) === clientId) this.#codes.remove(authCode);
    }
  }
}
