/** What the engine knows of one of the wallet's scopes. */
export interface ScopeRule {
  name: string;
  /** Silent scopes are granted without a screen. */
  silent: boolean;
  /** Silent for the wallet's own mini programs, asked elsewhere. */
  silentForOwnApps?: boolean;
  /** Cannot be refused by itself: it is shared, or nothing is. */
  required?: boolean;
  /** The scope is a right to charge the user, not access to data. */
  grantsCharge?: boolean;
  /** The scopes that it stands for, itself among them. */
  covers: ReadonlySet<string>;
  /** What it reads of the user; absent where it reads nothing (it lets the server do something, such as send messages). */
  read?: (user: object) => Record<string, unknown>;
}

export interface WantedScopes {
  silent: string[];
  /** Agreed to before, and remembered. */
  remembered: string[];
  ask: string[];
  /** Unknown to the wallet, or the client is not registered for it. */
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

  names(): string[] {
    return [...this.#rules.keys()];
  }

  /**
   * Sorts what a mini program asks for into what needs no screen, what does, and what cannot be had.
   *
   * @param wanted scope names, as asked for; doubled ones count once
   * @param registered what the client may ask for
   * @param remembered what the user has agreed to before
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

  /** All scopes that these stand for, themselves among them. */
  covered(scopes: Iterable<string>): Set<string> {
    const all = new Set<string>();
    for (const scope of scopes) for (const name of this.#rules.get(scope)?.covers ?? [scope]) all.add(name);
    return all;
  }
}
