import { canActOn } from './call-kinds.js';
import { type MatchableCall, matchesCall } from './matches-call.js';
import type { ScenarioRecord, Then } from './schema.js';

/** Counts of a scenario's use. */
export interface Counts {
  /** The number of calls that matched it or asked for it by name. */
  calls: number;
  /** The number of calls that it acted on. */
  hits: number;
  /** The number of calls that asked for it by name. They do not count for `times` and `after`, and go through a list of steps separately. */
  asked: number;
}

/** A tenant's scenario, and how often it was used. */
export interface RunningScenario extends Counts {
  id: string;
  record: ScenarioRecord;
}

/** The effect of a scenario on one call. */
export interface AppliedScenario {
  id: string;
  then: Then;
  /** The number of times that the scenario has acted, including this one. */
  hit: number;
}

/**
 * A difference from the fixtures, for the persistence: the scenario was added at run time (with its order), changed (with the fixture
 * that it was), used, or removed.
 */
export type StoredScenario = ({ record: ScenarioRecord; order?: number; fixture?: ScenarioRecord } & Counts) | { removed: true };

export interface ScenarioListOptions {
  /** The scenarios of the fixtures. */
  fixtures?: readonly ScenarioRecord[];
  /** Called with what differs from the fixtures; undefined: the scenario no longer differs. */
  changed?(id: string, stored: StoredScenario | undefined): void;
}

/** Only a scenario that was added at run time has an order. One of the fixtures that was changed has the fixture's record too. */
type OrderedScenario = RunningScenario & { order?: number; fixture?: ScenarioRecord };

const unused: Counts = { calls: 0, hits: 0, asked: 0 };

/** A tenant's scenarios: those of the fixtures, then those added at run time. The first that matches a call acts on it. */
export class ScenarioList {
  readonly #scenarios = new Map<string, OrderedScenario>();
  #fixtureIds = new Set<string>();
  /** Ids of the fixtures' scenarios that were removed or replaced at run time. */
  readonly #removed = new Set<string>();
  readonly #changed: NonNullable<ScenarioListOptions['changed']>;
  #lastNumber = 0;
  #lastOrder = 0;

  constructor({ fixtures = [], changed = () => {} }: ScenarioListOptions = {}) {
    this.#changed = changed;
    this.useFixtures(fixtures);
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

  /** Returns true if a scenario names this path. */
  namesPath(path: string): boolean {
    return this.all().some(({ record }) => record.when?.path === path);
  }

  /** @returns undefined if the id is taken */
  add(record: ScenarioRecord, counts: Counts = unused): RunningScenario | undefined {
    const id = record.id ?? this.#freeId();
    if (this.#scenarios.has(id)) return undefined;
    const scenario = { id, record: { ...record, id }, order: ++this.#lastOrder, ...counts };
    this.#scenarios.set(id, scenario);
    if (this.#fixtureIds.has(id)) this.#removed.add(id);
    this.#reportChange(scenario);
    return scenario;
  }

  /** Replaces a scenario in its place. Its counts start again at 0. @returns undefined if there is none with this id */
  change(id: string, changed: ScenarioRecord): RunningScenario | undefined {
    const before = this.#scenarios.get(id);
    if (before === undefined) return undefined;
    const record = { ...changed, id };
    const fixture = before.order === undefined ? (before.fixture ?? before.record) : undefined;
    const scenario: OrderedScenario = {
      id,
      record,
      ...(before.order !== undefined && { order: before.order }),
      ...(fixture !== undefined && !isSame(fixture, record) && { fixture }),
      ...unused,
    };
    this.#scenarios.set(id, scenario);
    this.#reportChange(scenario);
    return scenario;
  }

  delete(id: string): boolean {
    if (!this.#scenarios.delete(id)) return false;
    if (this.#fixtureIds.has(id)) this.#removed.add(id);
    this.#changed(id, this.#fixtureIds.has(id) ? { removed: true } : undefined);
    return true;
  }

  clear(): void {
    for (const id of [...this.#scenarios.keys()]) this.delete(id);
  }

  /** Replaces the fixtures' scenarios. Scenarios added at run time stay, and removed ones stay removed. */
  useFixtures(fixtures: readonly ScenarioRecord[]): void {
    const before = new Map(this.#scenarios);
    const added = this.all().filter(({ id }) => !this.#fixtureIds.has(id) || this.#removed.has(id));
    const records = fixtures.map((record, index) => ({ ...record, id: record.id ?? `fixture-${index + 1}` }));
    this.#fixtureIds = new Set(records.map(({ id }) => id));
    for (const { id } of added) if (this.#fixtureIds.has(id)) this.#removed.add(id);
    this.#scenarios.clear();
    for (const record of records) {
      if (this.#removed.has(record.id)) continue;
      const same = before.get(record.id);
      const unchanged = same !== undefined && isSame(same.fixture ?? same.record, record);
      this.#scenarios.set(record.id, unchanged ? same : { id: record.id, record, ...unused });
      if (same !== undefined && !unchanged) this.#changed(record.id, undefined);
    }
    for (const scenario of added) this.#scenarios.set(scenario.id, scenario);
  }

  /** Takes over a change that is stored already. @param stored undefined: the scenario no longer differs from the fixtures */
  apply(id: string, stored: StoredScenario | undefined): void {
    if (stored === undefined) this.#scenarios.delete(id);
    else if (!('removed' in stored) && this.#scenarios.get(id)?.order === stored.order && this.#scenarios.has(id))
      // It keeps its place.
      this.#scenarios.set(id, { id, ...stored });
    else this.restore([[id, stored]]);
  }

  /** Applies what the persistence has. */
  restore(stored: Iterable<[id: string, StoredScenario]>): void {
    const added: OrderedScenario[] = [];
    for (const [id, entry] of stored) {
      if ('record' in entry && entry.order === undefined) this.#restoreFixture(id, entry);
      else {
        this.#scenarios.delete(id);
        if (this.#fixtureIds.has(id)) this.#removed.add(id);
        if ('record' in entry) added.push({ id, ...entry });
      }
    }
    for (const scenario of added.sort((one, other) => (one.order ?? 0) - (other.order ?? 0))) {
      this.#scenarios.set(scenario.id, scenario);
      this.#lastOrder = scenario.order ?? 0;
    }
  }

  /** Finds the first scenario that acts on a call, and counts the call. */
  applyFirstMatch(call: MatchableCall): AppliedScenario | undefined {
    for (const scenario of this.#scenarios.values()) {
      const { record } = scenario;
      if (record.enabled === false) continue;
      const step = stepAt(record, matchedHits(scenario));
      if (!canActOn(step, call.kind) || !matchesCall(record.when ?? {}, call)) continue;
      scenario.calls++;
      const acts = scenario.calls - scenario.asked > (record.after ?? 0) && hitsLeft(scenario) > 0;
      if (acts) scenario.hits++;
      this.#reportChange(scenario);
      // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
      if (acts) return { id: scenario.id, then: step, hit: scenario.hits };
    }
    return undefined;
  }

  /** Applies the scenario that a call asks for by name, even if the call does not match it. Counts the call. */
  applyByName(id: string): AppliedScenario | undefined {
    const scenario = this.#scenarios.get(id);
    if (scenario === undefined) return undefined;
    const step = nextRequestedStep(scenario);
    scenario.calls++;
    scenario.hits++;
    scenario.asked++;
    this.#reportChange(scenario);
    // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
    return { id, then: step, hit: scenario.hits };
  }

  /** Restores the changes and counts of a fixture's scenario, unless the fixture was changed since. */
  #restoreFixture(id: string, stored: Exclude<StoredScenario, { removed: true }>): void {
    const scenario = this.#fixtureIds.has(id) ? this.#scenarios.get(id) : undefined;
    if (scenario !== undefined && isSame(scenario.record, stored.fixture ?? stored.record)) Object.assign(scenario, stored);
  }

  #reportChange({ id, ...stored }: OrderedScenario): void {
    this.#changed(id, stored);
  }

  #freeId(): string {
    for (;;) {
      const id = `scenario-${++this.#lastNumber}`;
      if (!this.#scenarios.has(id)) return id;
    }
  }
}

/** Returns true if a scenario would act on a call that matches now. */
export function isActive(scenario: RunningScenario): boolean {
  return scenario.record.enabled !== false && hitsLeft(scenario) > 0;
}

/** Returns the number of matching calls that a scenario will still act on: Infinity if it acts on each. */
export function hitsLeft(scenario: RunningScenario): number {
  return Math.max(limitOf(scenario.record) - matchedHits(scenario), 0);
}

/** Returns the number of matching calls that a scenario acts on. Without `times`, each step of a list is used once. */
function limitOf({ times, then }: ScenarioRecord): number {
  return times ?? (Array.isArray(then) ? then.length : Number.POSITIVE_INFINITY);
}

/** Returns the step for the next call that asks for a scenario by name. */
export function nextRequestedStep({ record, asked }: RunningScenario): Then {
  return stepAt(record, asked);
}

function stepAt({ then }: ScenarioRecord, index: number): Then {
  const steps = [then].flat() as Then[];
  return steps[index % steps.length] as Then;
}

/** Counts the calls that a scenario acted on because they matched. */
function matchedHits({ hits, asked }: Counts): number {
  return hits - asked;
}

function isSame(one: ScenarioRecord, other: ScenarioRecord): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
