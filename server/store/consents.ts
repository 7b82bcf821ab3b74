import type { Consent, GrantOwner } from '../engine/store.js';
import type { CreateMap } from './create-map.js';
import type { EvictingMap } from './evicting-map.js';
import { OwnerIndex } from './owner-index.js';

/** The consents of a tenant's users, by user and mini program (or client, for an authorization without a mini program). */
export class Consents {
  readonly #consents: EvictingMap<Consent>;
  readonly #byOwner = new OwnerIndex<Consent>((key) => this.#consents.get(key));

  constructor(createMap: CreateMap) {
    const never = () => Number.POSITIVE_INFINITY;
    this.#consents = createMap<Consent>('consents', never, (consent) => this.#byOwner.remove(consent, keyOf(consent)));
  }

  /** Adds a consent that is stored already. */
  restore(key: string, consent: Consent): void {
    this.#consents.restore(key, consent);
    this.#byOwner.add(consent, key);
  }

  all(): Consent[] {
    return [...this.#consents.values()];
  }

  find(userId: string, appOrClientId: string): Consent | undefined {
    return this.#consents.get(consentKey(userId, appOrClientId));
  }

  of(owner: GrantOwner): Consent[] {
    return this.#byOwner.of(owner);
  }

  /** Adds scopes to those that the user agreed to before. */
  remember(consent: Consent): void {
    const key = keyOf(consent);
    this.#consents.add(key, { ...consent, scopes: { ...this.#consents.get(key)?.scopes, ...consent.scopes } });
    this.#byOwner.add(consent, key);
  }

  /** Forgets some scopes, or all. @returns whether there was a consent */
  forget(userId: string, appOrClientId: string, scopes?: readonly string[]): boolean {
    const consent = this.find(userId, appOrClientId);
    if (consent === undefined) return false;
    const left = Object.fromEntries(
      Object.entries(consent.scopes).filter(([scope]) => scopes !== undefined && !scopes.includes(scope)),
    );
    if (Object.keys(left).length === 0) this.#consents.remove(keyOf(consent));
    else this.#consents.add(keyOf(consent), { ...consent, scopes: left });
    return true;
  }

  /** Forgets the consents to a mini program (or to a client without one). @param userId absent: every user's */
  forgetAll(appOrClientId: string, userId: string | undefined): void {
    const consents = userId === undefined ? this.all() : this.of({ userId });
    for (const consent of consents)
      if ((consent.appId ?? consent.clientId) === appOrClientId) this.#consents.remove(keyOf(consent));
  }

  forgetOwner(owner: GrantOwner): void {
    for (const consent of this.of(owner)) this.#consents.remove(keyOf(consent));
  }
}

/** The key of a consent in the store. */
export function consentKey(userId: string, appOrClientId: string): string {
  return `${userId} ${appOrClientId}`;
}

function keyOf({ userId, appId, clientId }: Consent): string {
  return consentKey(userId, appId ?? clientId);
}
