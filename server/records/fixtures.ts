import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type TSchema } from 'typebox';
import { packageRoot } from '../package-root.js';
import { Scenario, type ScenarioRecord } from '../scenarios/schema.js';
import { findProblem, type Problem } from '../schemas/problem.js';
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
  /** The file of the scenarios. */
  scenariosFile?: string;
}

/** The fixtures that come with the package. */
export const builtInFixtures = join(packageRoot, 'fixtures');

/**
 * Reads a folder of fixtures. Its files replace the built-in ones; for a missing file, the built-in one is used.
 *
 * @param folder absent: only the built-in fixtures are used
 * @throws Error in one line: the file, the field and what was expected
 */
export function loadFixtures(folder: string | undefined): Fixtures {
  if (folder !== undefined) expectFolder(folder);
  const clients = read(folder, 'clients', Client, 'clientId', clientEntry);
  const appsWithoutClient: string[] = [];
  const apps = read(folder, 'apps', App, 'appId', appEntry, (app, builtIn) => {
    if (clients.has(app.clientId)) return true;
    if (builtIn) {
      appsWithoutClient.push(`${app.name} (${app.appId})`);
      return false;
    }
    throw new Error(`clientId: expected one of clients.json, got ${app.clientId}`);
  });
  const users = read(folder, 'users', User, 'userId', userEntry);
  return { clients, apps, appsWithoutClient, users, ...readScenarios(folder) };
}

/** @throws Error in one line if the folder does not exist */
export function expectFolder(folder: string): void {
  if (!(existsSync(folder) && statSync(folder).isDirectory())) throw new Error(`${folder}: expected a folder of fixtures`);
}

function read<Entry>(
  folder: string | undefined,
  kind: string,
  schema: TSchema,
  idField: string,
  entryOf: (record: never) => Entry,
  accepts: (entry: Entry, builtIn: boolean) => boolean = () => true,
): Map<string, Entry> {
  const own = folder === undefined ? undefined : join(folder, `${kind}.json`);
  const path = own !== undefined && existsSync(own) ? own : join(builtInFixtures, `${kind}.json`);
  const entries = new Map<string, Entry>();
  for (const [index, record] of records(path, kind).entries()) {
    const at = `${path}: ${kind}[${index}]`;
    const problem = findProblem(schema, record);
    if (problem !== undefined) throw new Error(problemAt(at, problem));
    const id = (record as Record<string, string>)[idField] as string;
    if (entries.has(id)) throw new Error(`${at}.${idField}: expected a unique id, but ${id} is used twice`);
    try {
      const entry = entryOf(record as never);
      if (accepts(entry, path !== own)) entries.set(id, entry);
    } catch (error) {
      throw new Error(`${at}.${(error as Error).message}`);
    }
  }
  return entries;
}

function readScenarios(folder: string | undefined): Pick<Fixtures, 'scenarios' | 'scenariosFile'> {
  const own = folder === undefined ? undefined : join(folder, 'scenarios.json');
  if (own === undefined || !existsSync(own)) return { scenarios: [] };
  const ids = new Set<string>();
  const scenarios = records(own, 'scenarios').map((record, index) => {
    const at = `${own}: scenarios[${index}]`;
    const problem = findProblem(Scenario, record);
    if (problem !== undefined) throw new Error(problemAt(at, problem));
    const { id } = record as ScenarioRecord;
    if (id !== undefined && ids.has(id)) throw new Error(`${at}.id: expected a unique id, but ${id} is used twice`);
    if (id !== undefined) ids.add(id);
    return record as ScenarioRecord;
  });
  return { scenarios, scenariosFile: own };
}

function problemAt(at: string, { path, message }: Problem): string {
  return `${path === '' ? at : `${at}.${path}`}: ${message}`;
}

const List = Type.Array(Type.Unknown());

/** Reads a file with a list, or with an object that has the list under its kind: `[…]` or `{ "users": […] }`. */
function records(path: string, kind: string): unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: expected JSON (${(error as Error).message})`);
  }
  const list = Array.isArray(content) ? content : (content as Record<string, unknown> | null)?.[kind];
  if (findProblem(List, list) !== undefined) throw new Error(`${path}: expected a list of ${kind}, or { "${kind}": [ … ] }`);
  return list as unknown[];
}
