import { type CallFacts, looksLike } from './match.js';
import { canActOn } from './reach.js';
import type { ScenarioRecord, Then } from './schema.js';

/** How often a scenario was met. */
export interface Counts {
  /** How many calls looked like it, or asked for it by name. */
  calls: number;
  /** How many of them it acted on. */
  hits: number;
  /** How many asked for it by name: each for itself alone, so that `times`, `after` and a list's next step are the others'. */
  asked: number;
}

/** A scenario, and how often it was met. */
export interface RunningScenario extends Counts {
  id: string;
  record: ScenarioRecord;
}

/** What a scenario does to one call. */
export interface Acting {
  id: string;
  then: Then;
  /** Which of its hits this is, from one. */
  hit: number;
}

/** How a scenario differs from the fixtures, for a keeper: added while it runs (with its order), met, or taken away. */
export type StoredScenario = ({ record: ScenarioRecord; order?: number } & Counts) | { removed: true };

export interface ScenariosOptions {
  /** The fixtures' scenarios. */
  beginning?: readonly ScenarioRecord[];
  /** Hears of what differs from the fixtures; undefined: nothing does any longer. */
  changed?(id: string, stored: StoredScenario | undefined): void;
}

/** A scenario that was added while it runs has its order. */
type OrderedScenario = RunningScenario & { order?: number };

const unmet: Counts = { calls: 0, hits: 0, asked: 0 };

/** The rules of a tenant, in the order of their creation: the first that matches acts. */
export class Scenarios {
  readonly #scenarios = new Map<string, OrderedScenario>();
  /** Ids of the fixtures' scenarios, and those of them that were taken away while it runs. */
  #begun = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #changed: NonNullable<ScenariosOptions['changed']>;
  #named = 0;
  #added = 0;

  constructor({ beginning = [], changed = () => {} }: ScenariosOptions = {}) {
    this.#changed = changed;
    this.rebase(beginning);
  }

  get size(): number {
    return this.#scenarios.size;
  }

  get(id: string): RunningScenario | undefined {
    return this.#scenarios.get(id);
  }

  all(): RunningScenario[] {
    return [...this.#scenarios.values()];
  }

  /** @returns undefined where there is one of this id already */
  add(record: ScenarioRecord, counts: Counts = unmet): RunningScenario | undefined {
    const id = record.id ?? this.#freeName();
    if (this.#scenarios.has(id)) return undefined;
    const scenario = { id, record: { ...record, id }, order: ++this.#added, ...counts };
    this.#scenarios.set(id, scenario);
    if (this.#begun.has(id)) this.#removed.add(id);
    this.#keep(scenario);
    return scenario;
  }

  delete(id: string): boolean {
    if (!this.#scenarios.delete(id)) return false;
    if (this.#begun.has(id)) this.#removed.add(id);
    this.#changed(id, this.#begun.has(id) ? { removed: true } : undefined);
    return true;
  }

  clear(): void {
    for (const id of [...this.#scenarios.keys()]) this.delete(id);
  }

  /** Goes on from other fixtures, ahead of what was added while it runs; what was taken away stays away. */
  rebase(beginning: readonly ScenarioRecord[]): void {
    const before = new Map(this.#scenarios);
    const own = this.all().filter(({ id }) => !this.#begun.has(id) || this.#removed.has(id));
    const records = beginning.map((record, index) => ({ ...record, id: record.id ?? `fixture-${index + 1}` }));
    this.#begun = new Set(records.map(({ id }) => id));
    for (const { id } of own) if (this.#begun.has(id)) this.#removed.add(id);
    this.#scenarios.clear();
    for (const record of records) {
      if (this.#removed.has(record.id)) continue;
      const same = before.get(record.id);
      const unchanged = same !== undefined && isSame(same.record, record);
      this.#scenarios.set(record.id, unchanged ? same : { id: record.id, record, ...unmet });
      if (same !== undefined && !unchanged) this.#changed(record.id, undefined);
    }
    for (const scenario of own) this.#scenarios.set(scenario.id, scenario);
  }

  /** Puts back what a keeper had. */
  restore(stored: Iterable<[id: string, StoredScenario]>): void {
    const added: OrderedScenario[] = [];
    for (const [id, entry] of stored) {
      const begun = this.#begun.has(id) ? this.#scenarios.get(id) : undefined;
      if ('record' in entry && entry.order === undefined) {
        // The fixtures' own, which may have been written anew since: its counts are those of what it was.
        const { record, ...counts } = entry;
        if (begun !== undefined && isSame(begun.record, record)) Object.assign(begun, counts);
        continue;
      }
      this.#scenarios.delete(id);
      if (this.#begun.has(id)) this.#removed.add(id);
      if ('record' in entry) added.push({ id, ...entry });
    }
    for (const scenario of added.sort((one, other) => (one.order ?? 0) - (other.order ?? 0))) {
      this.#scenarios.set(scenario.id, scenario);
      this.#added = scenario.order ?? 0;
    }
  }

  /** Finds what acts on a call, and counts it. */
  match(facts: CallFacts): Acting | undefined {
    for (const scenario of this.#scenarios.values()) {
      const { record } = scenario;
      const step = stepAt(record, matched(scenario));
      if (!canActOn(step, facts.kind) || !looksLike(record.when ?? {}, facts)) continue;
      scenario.calls++;
      const acts = scenario.calls - scenario.asked > (record.after ?? 0) && matched(scenario) < limitOf(record);
      if (acts) scenario.hits++;
      this.#keep(scenario);
      // biome-ignore lint/suspicious/noThenProperty: the users' own word for it (contract), in data that nobody awaits
      if (acts) return { id: scenario.id, then: step, hit: scenario.hits };
    }
    return undefined;
  }

  /** Lets a scenario act on a call that asks for it by name, whatever the call looks like. */
  actByName(id: string): Acting | undefined {
    const scenario = this.#scenarios.get(id);
    if (scenario === undefined) return undefined;
    const step = stepWhenAsked(scenario);
    scenario.calls++;
    scenario.hits++;
    scenario.asked++;
    this.#keep(scenario);
    // biome-ignore lint/suspicious/noThenProperty: the users' own word for it (contract), in data that nobody awaits
    return { id, then: step, hit: scenario.hits };
  }

  #keep({ id, record, order, calls, hits, asked }: OrderedScenario): void {
    this.#changed(id, { record, ...(order !== undefined && { order }), calls, hits, asked });
  }

  #freeName(): string {
    for (;;) {
      const name = `scenario-${++this.#named}`;
      if (!this.#scenarios.has(name)) return name;
    }
  }
}

/** A list acts once on each of so many calls, unless `times` says otherwise. */
function limitOf({ times, then }: ScenarioRecord): number {
  return times ?? (Array.isArray(then) ? then.length : Number.POSITIVE_INFINITY);
}

/** What a scenario does to the next call that asks for it by name. */
export function stepWhenAsked({ record, asked }: RunningScenario): Then {
  return stepAt(record, asked);
}

function stepAt({ then }: ScenarioRecord, index: number): Then {
  const steps = [then].flat() as Then[];
  return steps[index % steps.length] as Then;
}

/** On how many calls that looked like it a scenario acted. */
function matched({ hits, asked }: Counts): number {
  return hits - asked;
}

function isSame(one: ScenarioRecord, other: ScenarioRecord): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
