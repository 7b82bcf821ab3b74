import { type CallFacts, looksLike } from './facts.js';
import { canActOn } from './reach.js';
import type { ScenarioRecord, Then } from './schema.js';

/** A scenario, and how often it was met. */
export interface RunningScenario {
  id: string;
  record: ScenarioRecord;
  /** How many calls looked like it. */
  calls: number;
  /** How many of them it acted on. */
  hits: number;
}

/** What a scenario does to one call. */
export interface Acting {
  id: string;
  then: Then;
  /** Which of its hits this is, from one. */
  hit: number;
}

/** How a scenario differs from the fixtures, for a keeper. */
export type KeptScenario = { record: ScenarioRecord; order: number } | { removed: true };

export interface ScenariosOptions {
  /** The fixtures' scenarios. */
  beginning?: readonly ScenarioRecord[];
  /** Hears of what differs from the fixtures; undefined: nothing does any longer. */
  changed?(id: string, kept: KeptScenario | undefined): void;
}

/** The rules of a tenant, in the order of their creation: the first that matches acts. */
export class Scenarios {
  readonly #scenarios = new Map<string, RunningScenario>();
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
  add(record: ScenarioRecord, { calls, hits } = { calls: 0, hits: 0 }): RunningScenario | undefined {
    const id = record.id ?? this.#freeName();
    if (this.#scenarios.has(id)) return undefined;
    const scenario = { id, record: { ...record, id }, calls, hits };
    this.#scenarios.set(id, scenario);
    if (this.#begun.has(id)) this.#removed.add(id);
    this.#changed(id, { record: scenario.record, order: ++this.#added });
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
      const unchanged = same !== undefined && JSON.stringify(same.record) === JSON.stringify(record);
      this.#scenarios.set(record.id, unchanged ? same : { id: record.id, record, calls: 0, hits: 0 });
    }
    for (const scenario of own) this.#scenarios.set(scenario.id, scenario);
  }

  /** Puts back what a keeper had. */
  restore(kept: Iterable<[id: string, KeptScenario]>): void {
    const added: { record: ScenarioRecord; order: number }[] = [];
    for (const [id, entry] of kept) {
      this.#scenarios.delete(id);
      if (this.#begun.has(id)) this.#removed.add(id);
      if ('record' in entry) added.push(entry);
    }
    for (const { record, order } of added.sort((one, other) => one.order - other.order)) {
      const id = record.id as string;
      this.#scenarios.set(id, { id, record, calls: 0, hits: 0 });
      this.#added = order;
    }
  }

  /** Finds what acts on a call, and counts it. */
  match(facts: CallFacts): Acting | undefined {
    for (const scenario of this.#scenarios.values()) {
      const { record } = scenario;
      if (!canActOn(stepOf(scenario), facts.kind) || !looksLike(record.when ?? {}, facts)) continue;
      scenario.calls++;
      if (scenario.calls <= (record.after ?? 0) || scenario.hits >= limitOf(record)) continue;
      return act(scenario);
    }
    return undefined;
  }

  /** Lets a scenario act on a call that asks for it by name, whatever the call looks like. */
  actByName(id: string): Acting | undefined {
    const scenario = this.#scenarios.get(id);
    if (scenario === undefined) return undefined;
    scenario.calls++;
    return act(scenario);
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

/** What a scenario does to its next call. */
export function stepOf({ record, hits }: RunningScenario): Then {
  const steps = [record.then].flat() as Then[];
  return steps[hits % steps.length] as Then;
}

function act(scenario: RunningScenario): Acting {
  const step = stepOf(scenario);
  scenario.hits++;
  // biome-ignore lint/suspicious/noThenProperty: the users' own word for it (contract), in data that nobody awaits
  return { id: scenario.id, then: step, hit: scenario.hits };
}
