/** One of the wallet's scopes. */
export interface ScopeRule {
  name: string;
  /** Silent scopes are granted without a screen. */
  silent: boolean;
  /** Silent for the wallet's own mini programs only. */
  silentForOwnApps?: boolean;
  /** The user cannot refuse only this scope: either it is granted, or nothing is. */
  required?: boolean;
  /** The scope is a right to charge the user, not access to data. */
  grantsCharge?: boolean;
  /** The scopes that it includes, and itself. */
  covers: ReadonlySet<string>;
  /** Reads the user's fields, with links to files below `baseUrl` (default: the wallet's own address). Absent if the scope reads nothing, but lets the server do something, such as send messages. */
  read?: (user: object, baseUrl?: string) => Record<string, unknown>;
  /** The fields of a user that `read` takes its data from. */
  fields?: readonly string[];
  /** The customerId of an authorization with this scope. Absent, or undefined for a user: the userId. */
  customerId?: (user: object) => string | undefined;
}

export interface WantedScopes {
  silent: string[];
  /** The user agreed to them before. */
  remembered: string[];
  ask: string[];
  /** The wallet does not have them, or the client is not registered for them. */
  unavailable: { scope: string; known: boolean }[];
}

/** The scopes of a wallet, by name. */
export class Scopes {
  readonly #rules: ReadonlyMap<string, ScopeRule>;

  constructor(rules: Iterable<ScopeRule>) {
    this.#rules = new Map(Array.from(rules, (rule) => [rule.name, rule]));
  }

  get(name: string): ScopeRule | undefined {
    return this.#rules.get(name);
  }

  /** All scopes, in the order of the wallet's list. */
  all(): Iterable<ScopeRule> {
    return this.#rules.values();
  }

  names(): string[] {
    return [...this.#rules.keys()];
  }

  /**
   * Sorts the scopes of a request by whether the user has to be asked.
   *
   * @param wanted scope names; repeated ones count once
   * @param registered the scopes that the client may ask for
   * @param remembered the scopes that the user agreed to before
   */
  sort(
    wanted: readonly string[],
    registered: '*' | readonly string[],
    remembered: Iterable<string>,
    ownApp: boolean,
  ): WantedScopes {
    const sorted: WantedScopes = { silent: [], remembered: [], ask: [], unavailable: [] };
    const known = this.covered(remembered);
    for (const scope of new Set(wanted)) {
      const rule = this.#rules.get(scope);
      if (rule === undefined || !(registered === '*' || registered.includes(scope))) {
        sorted.unavailable.push({ scope, known: rule !== undefined });
      } else if (rule.silent || (ownApp && rule.silentForOwnApps === true)) sorted.silent.push(scope);
      else if (known.has(scope)) sorted.remembered.push(scope);
      else sorted.ask.push(scope);
    }
    return sorted;
  }

  /** All scopes that these include, and themselves. */
  covered(scopes: Iterable<string>): Set<string> {
    const all = new Set<string>();
    for (const scope of scopes) for (const name of this.#rules.get(scope)?.covers ?? [scope]) all.add(name);
    return all;
  }
}
