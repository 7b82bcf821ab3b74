import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TSchema } from 'typebox';
import { ProblemList } from '../files/problem-list.js';
import { unreadableFolder } from '../files/unreadable-folder.js';
import { Scenario, type ScenarioRecord } from '../scenarios/schema.js';
import { findProblems, type Problem } from '../schemas/problem.js';
import type { Text } from '../texts/text.js';
import { atPlace } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { type AppEntry, appEntry, type ClientEntry, clientEntry, type UserEntry, userEntry } from './entries.js';
import { builtInFixtures, FixtureFolder, type WrittenRecords } from './fixture-folder.js';
import { pictureProblem } from './pictures.js';
import { App, Client, User } from './schema.js';

export { builtInFixtures };

/** The clients, mini programs, users and scenarios that every tenant starts with. Maps are by id, in the order of the file. */
export interface Fixtures {
  clients: ReadonlyMap<string, ClientEntry>;
  apps: ReadonlyMap<string, AppEntry>;
  /** Name and id of each built-in mini program that is skipped, because its client is not in the folder's clients.json. */
  appsWithoutClient: readonly string[];
  users: ReadonlyMap<string, UserEntry>;
  /** The ids of the users, also of those that have a problem. Undefined if their file cannot be read. */
  userIds?: ReadonlySet<string>;
  scenarios: readonly ScenarioRecord[];
  scenarioPlaces: readonly Place[];
}

/** The place of a field of a record, for errors: `users.yaml: line 3, column 5: users[0].name`. */
export type Place = (field: string) => string;

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
  const folderProblem = folder === undefined ? undefined : findFolderProblem(folder);
  if (folderProblem !== undefined) {
    problems.add(folderProblem);
    return readFixtures(undefined, problems);
  }
  const files = new FixtureFolder(folder, problems);
  const clients = readEntries(files.read('clients'), Client, 'clientId', clientEntry, problems);
  const apps = readEntries(files.read('apps'), App, 'appId', appEntry, problems);
  const users = readEntries(files.read('users'), User, 'userId', userEntry, problems);
  const folders = folder === undefined ? [builtInFixtures] : [folder, builtInFixtures];
  for (const [appId, { record }] of apps.entries) checkPicture(record.logo, 'logo', apps.places?.get(appId), folders, problems);
  for (const [userId, { record }] of users.entries)
    checkPicture(record.avatar, 'avatar', users.places?.get(userId), folders, problems);
  return {
    clients: clients.entries,
    ...withClients(apps, clients, problems),
    users: users.entries,
    ...(users.places && { userIds: new Set(users.places.keys()) }),
    ...readScenarios(files.read('scenarios'), problems),
  };
}

/** Adds a problem if a picture cannot be shown. */
function checkPicture(
  picture: string | undefined,
  field: string,
  place: Place | undefined,
  folders: readonly string[],
  problems: ProblemList,
): void {
  const problem = picture === undefined ? undefined : pictureProblem(picture, folders);
  if (problem !== undefined) problems.add(`${place?.(field)}: ${inEnglish(problem)}`);
}

/** @returns the problem if the folder does not exist or cannot be read; else undefined. A string is in English only */
export function findFolderProblem(folder: string): Text | string | undefined {
  for (const path of [folder, join(folder, 'wallets')]) {
    const problem = unreadableFolder(path);
    if (problem !== undefined) return atPlace(path, problem);
  }
  if (!existsSync(folder)) return `${folder}: it does not exist; expected a folder of fixtures`;
  return statSync(folder).isDirectory() ? undefined : `${folder}: expected a folder of fixtures, but this is a file`;
}

/** The records of one file. */
interface Records<Entry> {
  /** The valid entries by id. */
  entries: Map<string, Entry>;
  /** Id → its place, also for entries with a problem. Undefined if the file cannot be read. */
  places: Map<string, Place> | undefined;
  isBuiltIn: boolean;
}

/** Reads the records of one kind that become entries. */
function readEntries<Entry>(
  written: WrittenRecords | undefined,
  schema: TSchema,
  idField: string,
  entryOf: (record: never) => Entry,
  problems: ProblemList,
): Records<Entry> {
  const entries = new Map<string, Entry>();
  const use = (id: string, record: unknown) => entries.set(id, entryOf(record as never));
  const places = written && eachRecord(written, schema, idField, use, problems);
  return { entries, places, isBuiltIn: written?.isBuiltIn ?? false };
}

/**
 * Calls back with each record that matches the schema. Errors, which begin with the field, are collected.
 * @returns id → its place, also for records with a problem
 */
function eachRecord(
  { records, placeOf }: WrittenRecords,
  schema: TSchema,
  idField: string,
  use: (id: string, record: unknown, place: Place) => void,
  problems: ProblemList,
): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const [index, record] of records.entries()) {
    const place: Place = (field) => placeOf(index, field);
    const id = (record as Record<string, unknown> | null)?.[idField];
    const isTwice = typeof id === 'string' && places.has(id);
    if (typeof id === 'string' && !isTwice) places.set(id, place);
    const found = findProblems(schema, record);
    for (const problem of found)
      problems.add(`${place(problem.path)}: ${inEnglish(problem.message)}${numberHint(problem, record)}`);
    if (found.length > 0) continue;
    if (isTwice) problems.add(`${place(idField)}: expected a unique id, but ${id} is used twice`);
    else problems.try(() => withPlace(place, () => use(id as string, record, place)));
  }
  return places;
}

/** YAML reads an id of digits as a number. */
function numberHint({ path, wantedType }: Problem, record: unknown): string {
  let value = record;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | null)?.[step];
  if (wantedType !== 'string' || typeof value !== 'number') return '';
  return `; got ${Number.isSafeInteger(value) ? `the number ${value}` : 'a number'}; write it in quotes`;
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
      problems.add(`${places?.get(appId)?.('clientId')}: expected one of the clients, got ${app.clientId}`);
  }
  return { apps, appsWithoutClient };
}

function readScenarios(
  written: WrittenRecords | undefined,
  problems: ProblemList,
): Pick<Fixtures, 'scenarios' | 'scenarioPlaces'> {
  const scenarios: ScenarioRecord[] = [];
  const scenarioPlaces: Place[] = [];
  const use = (_id: string, record: unknown, place: Place) => {
    scenarios.push(record as ScenarioRecord);
    scenarioPlaces.push(place);
  };
  if (written !== undefined) eachRecord(written, Scenario, 'id', use, problems);
  return { scenarios, scenarioPlaces };
}

/** @param step an error of it begins with the field: `publicKey: expected …` */
function withPlace(place: Place, step: () => void): void {
  try {
    step();
  } catch (error) {
    const { message } = error as Error;
    const [field = ''] = message.split(':');
    throw new Error(`${place(field)}${message.slice(field.length)}`);
  }
}
