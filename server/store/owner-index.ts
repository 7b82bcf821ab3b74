import type { GrantOwner } from '../engine/store.js';

/** Whose something is. */
export interface Owned {
  userId: string;
  clientId: string;
}

/** Finds what is somebody's by key: a user's, a client's, or the two's together. */
export class OwnerIndex {
  readonly #keys = new Map<string, Set<string>>();

  add(owned: Owned, key: string): void {
    for (const owner of ownersOf(owned)) {
      const keys = this.#keys.get(owner);
      if (keys === undefined) this.#keys.set(owner, new Set([key]));
      else keys.add(key);
    }
  }

  remove(owned: Owned, key: string): void {
    for (const owner of ownersOf(owned)) {
      const keys = this.#keys.get(owner);
      keys?.delete(key);
      if (keys?.size === 0) this.#keys.delete(owner);
    }
  }

  /** The keys of what is an owner's, in the order in which they came; a copy, so that they may go meanwhile. */
  of(owner: GrantOwner): string[] {
    return [...(this.#keys.get(nameOf(owner)) ?? [])];
  }
}

function ownersOf({ userId, clientId }: Owned): string[] {
  return [nameOf({ userId }), nameOf({ clientId }), nameOf({ userId, clientId })];
}

function nameOf({ userId, clientId }: GrantOwner): string {
  return `${userId ?? ''} ${clientId ?? ''}`;
}
