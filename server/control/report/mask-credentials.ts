import { shorten } from '../../engine/outcomes.js';

/** Replaces codes and tokens by names that say which ones are the same, and are worth nothing. */
export class CredentialMask {
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** The shortened form of a code or token. If two have the same form, the second one gets a number. */
  hide(credential: string): string {
    const known = this.#names.get(credential);
    if (known !== undefined) return known;
    const short = shorten(credential);
    let name = short;
    for (let count = 2; this.#taken.has(name); count++) name = `${short} (${count})`;
    this.#names.set(credential, name);
    this.#taken.add(name);
    return name;
  }

  /** Returns true if the code or token was hidden before. */
  has(credential: string): boolean {
    return this.#names.has(credential);
  }
}
