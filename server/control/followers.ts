import type { Tenant } from '../tenants/tenant.js';

/** Who follows which tenant's journal: a reset makes the tenant anew, and those who follow go on with the new one. */
export class Followers {
  readonly #byTenant = new Map<string, Set<(tenant: Tenant) => void>>();

  /** @returns a function that ends it */
  follow(tenant: string, move: (tenant: Tenant) => void): () => void {
    const followers = this.#byTenant.get(tenant) ?? new Set();
    this.#byTenant.set(tenant, followers.add(move));
    return () => {
      followers.delete(move);
      if (followers.size === 0 && this.#byTenant.get(tenant) === followers) this.#byTenant.delete(tenant);
    };
  }

  move(tenant: string, successor: () => Tenant): void {
    for (const move of this.#byTenant.get(tenant) ?? []) move(successor());
  }
}
