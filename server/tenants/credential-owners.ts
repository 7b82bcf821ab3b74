/** The tenants that issued codes and tokens. */
export class CredentialOwners {
  readonly #owners = new Map<string, string>();

  get size(): number {
    return this.#owners.size;
  }

  has(credential: string): boolean {
    return this.#owners.has(credential);
  }

  /** The name of the tenant that issued the first of these that is known. */
  ownerOf(credentials: Iterable<unknown>): string | undefined {
    if (this.#owners.size === 0) return undefined;
    for (const credential of credentials) {
      const owner = typeof credential === 'string' ? this.#owners.get(credential) : undefined;
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  /** A snapshot may contain another tenant's credentials: the first tenant keeps them. */
  add(tenant: string, credential: string): void {
    if (!this.#owners.has(credential)) this.#owners.set(credential, tenant);
  }

  remove(tenant: string, credential: string): void {
    if (this.#owners.get(credential) === tenant) this.#owners.delete(credential);
  }
}
