import type { GrantOwner } from '../engine/store.js';

/** Something that belongs to a user and a client. */
export interface Owned {
  userId: string;
  clientId: string;
}

/** Finds what belongs to a user, to a client, or to both together. */
export class OwnerIndex<Entry extends Owned> {
  readonly #byUser = new Map<string, Set<string>>();
  readonly #byClient = new Map<string, Set<string>>();
  readonly #find: (key: string) => Entry | undefined;

  /** @param find returns the entry of a key */
  constructor(find: (key: string) => Entry | undefined) {
    this.#find = find;
  }

  add({ userId, clientId }: Owned, key: string): void {
    addKey(this.#byUser, userId, key);
    addKey(this.#byClient, clientId, key);
  }

  remove({ userId, clientId }: Owned, key: string): void {
    removeKey(this.#byUser, userId, key);
    removeKey(this.#byClient, clientId, key);
  }

  /** An owner's entries in the order of insertion. The caller may remove entries while it iterates. */
  of({ userId, clientId }: GrantOwner): Entry[] {
    const keys = userId === undefined ? this.#byClient.get(clientId as string) : this.#byUser.get(userId);
    const entries = Array.from(keys ?? [], this.#find).filter((entry) => entry !== undefined);
    return clientId === undefined ? entries : entries.filter((entry) => entry.clientId === clientId);
  }
}

function addKey(index: Map<string, Set<string>>, owner: string, key: string): void {
  const keys = index.get(owner);
  if (keys === undefined) index.set(owner, new Set([key]));
  else keys.add(key);
}

function removeKey(index: Map<string, Set<string>>, owner: string, key: string): void {
  const keys = index.get(owner);
  keys?.delete(key);
  if (keys?.size === 0) index.delete(owner);
}
