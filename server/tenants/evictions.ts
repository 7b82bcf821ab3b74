/** The limits of an emulator. */
export interface Limits {
  /** The maximum number of tenants. Over it, the least recently used one is dropped, also from disk. */
  tenants: number;
  /** The maximum number of codes, of tokens of each kind, of grants and of consents in a tenant. Over it, ended ones are dropped first. */
  tokens: number;
}

export const defaultLimits: Limits = { tenants: 5000, tokens: 200_000 };

/** A log line about evictions is written at most this often for each limit, in milliseconds of the machine's time. */
const logIntervalMs = 60_000;

/** Counts what was dropped because of a limit although it was still in use, and tells the log. */
export class Evictions {
  readonly limits: Readonly<Limits>;
  readonly #count: Limits = { tenants: 0, tokens: 0 };
  readonly #loggedAt: Partial<Limits> = {};
  readonly #warn: (line: string) => void;

  constructor(limits: Limits = defaultLimits, warn: (line: string) => void = () => {}) {
    this.limits = limits;
    this.#warn = warn;
  }

  /** The number that was dropped since the start. */
  get count(): Readonly<Limits> {
    return this.#count;
  }

  add(kind: keyof Limits): void {
    this.#count[kind]++;
    const now = performance.now();
    if (now - (this.#loggedAt[kind] ?? -logIntervalMs) < logIntervalMs) return;
    this.#loggedAt[kind] = now;
    this.#warn(evictionWarning(kind, this.limits[kind], this.#count[kind]));
  }
}

function evictionWarning(kind: keyof Limits, limit: number, count: number): string {
  return kind === 'tenants'
    ? `more than ${limit} tenants: the least recently used ones are dropped with their state (${count} so far); reset tenants after use, or raise --max-tenants`
    : `more than ${limit} codes or tokens of one kind in a tenant: live ones are dropped (${count} so far); reset the tenant, or raise --max-tokens`;
}
