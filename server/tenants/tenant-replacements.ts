import type { Tenant } from './tenant.js';

type Listener = (successor: Tenant) => void;

/** Tells journal streams when a reset or a snapshot replaces their tenant, so that they continue with its successor. */
export class TenantReplacements {
  readonly #listeners = new Map<string, Set<Listener>>();

  /**
   * @param tenant the tenant's name
   * @returns a function that removes the listener
   */
  listen(tenant: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(tenant) ?? new Set();
    this.#listeners.set(tenant, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(tenant) === listeners) this.#listeners.delete(tenant);
    };
  }

  /** @param successor is called only if somebody listens: it may create the tenant */
  announce(tenant: string, successor: () => Tenant): void {
    for (const listener of this.#listeners.get(tenant) ?? []) listener(successor());
  }
}
