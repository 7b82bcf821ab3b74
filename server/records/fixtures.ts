import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type TSchema } from 'typebox';
import { ProblemList } from '../files/problem-list.js';
import { readJsonFile } from '../files/read-file.js';
import { packageRoot } from '../package-root.js';
import { Scenario, type ScenarioRecord } from '../scenarios/schema.js';
import { findProblem, type Problem } from '../schemas/problem.js';
import { inEnglish } from '../texts/write-text.js';
import { type AppEntry, appEntry, type ClientEntry, clientEntry, type UserEntry, userEntry } from './entries.js';
import { App, Client, User } from './schema.js';

/** The clients, mini programs, users and scenarios that every tenant starts with. Maps are by id, in the order of the file. */
export interface Fixtures {
  clients: ReadonlyMap<string, ClientEntry>;
  apps: ReadonlyMap<string, AppEntry>;
  /** Name and id of each built-in mini program that is skipped, because its client is not in the folder's clients.json. */
  appsWithoutClient: readonly string[];
  users: ReadonlyMap<string, UserEntry>;
  scenarios: readonly ScenarioRecord[];
  /** The place of each scenario: its file and index. */
  scenarioPlaces: readonly string[];
}

/** The fixtures that come with the package. */
export const builtInFixtures = join(packageRoot, 'fixtures');

/**
 * Reads a folder of fixtures. Its files replace the built-in ones; for a missing file, the built-in one is used.
 *
 * @param folder absent: only the built-in fixtures are used
 * @throws FilesInvalidError with all problems, in one line each: the file, the field and what was expected
 */
export function loadFixtures(folder: string | undefined): Fixtures {
  const problems = new ProblemList();
  const fixtures = readFixtures(folder, problems);
  problems.throwIfAny();
  return fixtures;
}

/**
 * Reads a folder of fixtures like `loadFixtures`, but collects the problems.
 * @returns the valid entries
 */
export function readFixtures(folder: string | undefined, problems: ProblemList): Fixtures {
  if (folder !== undefined && problems.try(() => isFolder(folder)) === undefined) return readFixtures(undefined, problems);
  const clients = new FixtureFile(folder, 'clients', problems).read(Client, 'clientId', clientEntry);
  const apps = new FixtureFile(folder, 'apps', problems).read(App, 'appId', appEntry);
  const users = new FixtureFile(folder, 'users', problems).read(User, 'userId', userEntry);
  return {
    clients: clients.entries,
    ...withClients(apps, clients, problems),
    users: users.entries,
    ...readScenarios(folder, problems),
  };
}

/** @throws Error in one line if the folder does not exist */
function isFolder(folder: string): true {
  if (existsSync(folder) && statSync(folder).isDirectory()) return true;
  throw new Error(`${folder}: expected a folder of fixtures`);
}

/** The records of one file. */
interface Records<Entry> {
  /** The valid entries by id. */
  entries: Map<string, Entry>;
  /** Id → where it is in the file. Also for entries with a problem. Undefined if the file cannot be read. */
  places: Map<string, string> | undefined;
  isBuiltIn: boolean;
}

/** One file of fixtures: that of the folder, or else the built-in one. */
class FixtureFile {
  readonly path: string;
  readonly isBuiltIn: boolean;
  readonly #kind: string;
  readonly #problems: ProblemList;

  constructor(folder: string | undefined, kind: string, problems: ProblemList) {
    const own = folder === undefined ? undefined : join(folder, `${kind}.json`);
    this.isBuiltIn = own === undefined || !existsSync(own);
    this.path = own === undefined || this.isBuiltIn ? join(builtInFixtures, `${kind}.json`) : own;
    this.#kind = kind;
    this.#problems = problems;
  }

  read<Entry>(schema: TSchema, idField: string, entryOf: (record: never) => Entry): Records<Entry> {
    const entries = new Map<string, Entry>();
    const places = this.each(schema, idField, (id, record) => entries.set(id, entryOf(record as never)));
    return { entries, places, isBuiltIn: this.isBuiltIn };
  }

  /**
   * Calls back with each record that matches the schema. Errors, which begin with the field, are collected.
   * @returns id → where it is in the file, or undefined if the file cannot be read
   */
  each(
    schema: TSchema,
    idField: string,
    use: (id: string, record: unknown, place: string) => void,
  ): Map<string, string> | undefined {
    const records = this.#problems.try(() => listOf(this.path, this.#kind));
    if (records === undefined) return undefined;
    const places = new Map<string, string>();
    for (const [index, record] of records.entries()) {
      const place = `${this.path}: ${this.#kind}[${index}]`;
      const id = (record as Record<string, unknown> | null)?.[idField];
      const isTwice = typeof id === 'string' && places.has(id);
      if (typeof id === 'string' && !isTwice) places.set(id, place);
      const problem = findProblem(schema, record);
      if (problem !== undefined) this.#problems.add(problemAt(place, problem));
      else if (isTwice) this.#problems.add(`${place}.${idField}: expected a unique id, but ${id} is used twice`);
      else this.#problems.try(() => withPlace(place, () => use(id as string, record, place)));
    }
    return places;
  }
}

/** Checks that the client of each mini program exists. Built-in mini programs without their client are skipped. */
function withClients(
  { entries, places, isBuiltIn }: Records<AppEntry>,
  clients: Records<ClientEntry>,
  problems: ProblemList,
): Pick<Fixtures, 'apps' | 'appsWithoutClient'> {
  const apps = new Map<string, AppEntry>();
  const appsWithoutClient: string[] = [];
  for (const [appId, app] of entries) {
    if (clients.entries.has(app.clientId)) apps.set(appId, app);
    else if (isBuiltIn) appsWithoutClient.push(`${app.name} (${app.appId})`);
    // A client that has a problem is already reported.
    else if (clients.places !== undefined && !clients.places.has(app.clientId))
      problems.add(`${places?.get(appId)}.clientId: expected one of clients.json, got ${app.clientId}`);
  }
  return { apps, appsWithoutClient };
}

function readScenarios(folder: string | undefined, problems: ProblemList): Pick<Fixtures, 'scenarios' | 'scenarioPlaces'> {
  const file = new FixtureFile(folder, 'scenarios', problems);
  const scenarios: ScenarioRecord[] = [];
  const scenarioPlaces: string[] = [];
  // There are no built-in ones.
  if (!file.isBuiltIn) {
    file.each(Scenario, 'id', (_id, record, place) => {
      scenarios.push(record as ScenarioRecord);
      scenarioPlaces.push(place);
    });
  }
  return { scenarios, scenarioPlaces };
}

function withPlace(place: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    throw new Error(`${place}.${(error as Error).message}`);
  }
}

function problemAt(at: string, { path, message }: Problem): string {
  return `${path === '' ? at : `${at}.${path}`}: ${inEnglish(message)}`;
}

const List = Type.Array(Type.Unknown());

/** Reads a file with a list, or with an object that has the list under its kind: `[…]` or `{ "users": […] }`. */
function listOf(path: string, kind: string): unknown[] {
  const content = readJsonFile(path);
  const list = Array.isArray(content) ? content : (content as Record<string, unknown> | null)?.[kind];
  if (findProblem(List, list) !== undefined) throw new Error(`${path}: expected a list of ${kind}, or { "${kind}": [ … ] }`);
  return list as unknown[];
}
