import type { GrantOwner } from '../engine/store.js';

/** Something that belongs to a user and a client. */
export interface Owned {
  userId: string;
  clientId: string;
}

/** Finds the keys of what belongs to a user, to a client, or to both together. */
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

  /** An owner's keys in the order of insertion. It is a copy, so that the caller may remove keys while it iterates. */
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
