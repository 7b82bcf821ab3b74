import { basename, join } from 'node:path';
import Type, { type TSchema } from 'typebox';
import { isThere } from '../files/is-there.js';
import type { ProblemList } from '../files/problem-list.js';
import { type DataFile, dataExtensions, readDataFile } from '../files/read-data-file.js';
import { packageRoot } from '../package-root.js';
import { Scenario } from '../scenarios/schema.js';
import { closed } from '../schemas/common.js';
import { findProblem } from '../schemas/problem.js';
import { inEnglish } from '../texts/write-text.js';
import { App, Client, User } from './schema.js';

/** The fixtures that come with the package. */
export const builtInFixtures = join(packageRoot, 'fixtures');

/** The kinds of fixtures, and the schema of one record. */
export const recordSchemas = { clients: Client, apps: App, users: User, scenarios: Scenario };
export type FixtureKind = keyof typeof recordSchemas;
export const fixtureKinds = Object.keys(recordSchemas) as FixtureKind[];

/** The name of a file that can have several kinds, without its extension. */
export const oneFile = 'fixtures';

const $schema = Type.Optional(Type.String());

/** The schema of the file of one kind: a list, or an object that has the list under its kind. */
export function fixtureFile<Item extends TSchema>(kind: FixtureKind, item: Item) {
  return Type.Union([Type.Array(item), Type.Object({ $schema, [kind]: Type.Array(item) }, closed)]);
}

/** The schema of a file that can have several kinds. @param itemOf the schema of one record of a kind */
export function severalKinds(itemOf: (kind: FixtureKind) => TSchema) {
  const lists = fixtureKinds.map((kind) => [kind, Type.Optional(Type.Array(itemOf(kind)))]);
  return Type.Object({ $schema, ...Object.fromEntries(lists) }, closed);
}

/** The records themselves are checked one by one, so that each of them has its own error. */
const kindFiles = new Map(fixtureKinds.map((kind) => [kind, fixtureFile(kind, Type.Unknown())]));
const sharedFile = severalKinds(() => Type.Unknown());

/** The records of one kind, as they are written in a file. */
export interface WrittenRecords {
  path: string;
  isBuiltIn: boolean;
  records: readonly unknown[];
  /** The place of a record, or of a field in it: `users.yaml: line 3, column 5: users[0].name`. */
  placeOf(index: number, field?: string): string;
}

/** A folder of fixtures. Each kind has a file of its own, or is in one file with others. */
export class FixtureFolder {
  readonly #folder: string | undefined;
  readonly #problems: ProblemList;
  readonly #shared: { path: string; file: DataFile } | undefined;

  /** @param folder absent: only the built-in fixtures are used */
  constructor(folder: string | undefined, problems: ProblemList) {
    this.#folder = folder;
    this.#problems = problems;
    const path = this.#find(oneFile);
    const file = path === undefined ? undefined : problems.try(() => readShared(path));
    this.#shared = path === undefined || file === undefined ? undefined : { path, file };
  }

  /** @returns undefined if the file cannot be read, or if there is no such kind at all. Then nothing more needs to be said */
  read(kind: FixtureKind): WrittenRecords | undefined {
    const own = this.#find(kind);
    const { path, file } = this.#shared ?? {};
    const isShared = file !== undefined && kind in (file.content as object);
    if (own !== undefined && isShared)
      this.#problems.add(`${path}: ${kind}: expected ${kind} in one file, but ${own} has them too`);
    if (isShared) return written(path as string, file, kind, false);
    const builtIn = join(builtInFixtures, `${kind}.json`);
    if (own === undefined && !isThere(builtIn)) return undefined;
    const found = own ?? builtIn;
    return this.#problems.try(() => written(found, readKind(found, kind), kind, own === undefined));
  }

  /** The file with a name and one of the extensions. Two of them are a problem, because one would be ignored. */
  #find(name: string): string | undefined {
    const folder = this.#folder;
    if (folder === undefined) return undefined;
    const [path, other] = dataExtensions.map((extension) => join(folder, name + extension)).filter(isThere);
    if (other !== undefined)
      this.#problems.add(`${other}: expected one file of ${name}, but there is also ${basename(path as string)}`);
    return path;
  }
}

function written(path: string, { content, placeOf }: DataFile, kind: FixtureKind, isBuiltIn: boolean): WrittenRecords {
  const steps = Array.isArray(content) ? [] : [kind];
  const records = (Array.isArray(content) ? content : (content as Record<string, unknown>)[kind]) as unknown[];
  return {
    path,
    isBuiltIn,
    records,
    placeOf: (index, field = '') => {
      const inRecord = field === '' ? [] : field.split('.');
      return `${path}: ${placeOf([...steps, `${index}`, ...inRecord])}${kind}[${index}]${field === '' ? '' : `.${field}`}`;
    },
  };
}

function readKind(path: string, kind: FixtureKind): DataFile {
  const file = readDataFile(path);
  const problem = findProblem(kindFiles.get(kind) as TSchema, file.content);
  if (problem === undefined) return file;
  const isList = Array.isArray((file.content as Record<string, unknown> | null)?.[kind]);
  throw new Error(
    isList
      ? `${path}: ${file.placeOf([])}${inEnglish(problem.message)}`
      : `${path}: expected a list of ${kind}, or { "${kind}": [ … ] }`,
  );
}

function readShared(path: string): DataFile {
  const file = readDataFile(path);
  const problem = findProblem(sharedFile, file.content);
  if (problem === undefined) return file;
  const { path: at, message } = problem;
  throw new Error(`${path}: ${file.placeOf(at === '' ? [] : at.split('.'))}${at === '' ? '' : `${at}: `}${inEnglish(message)}`);
}
