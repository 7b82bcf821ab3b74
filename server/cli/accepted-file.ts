import { Clock } from '../clock/clock.js';
import { AcceptedDifference, type DividedDifferences, entryFor } from '../comparison/accepted-difference.js';
import { isThere } from '../files/is-there.js';
import { ProblemList } from '../files/problem-list.js';
import { readDataFile } from '../files/read-data-file.js';
import { FileError } from '../files/read-file.js';
import type { Profile } from '../profiles/profile.js';
import { findProblems, type Problem } from '../schemas/problem.js';
import { text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import { writeNewFile } from './write-new-file.js';

const example = '[{ "code": "header-extra", "place": "wallet-node", "why": "the gateway of the sandbox adds it" }]';

/**
 * Reads a file of accepted differences, in JSON or YAML.
 * @param profile the entries can name its operations
 * @throws FileError if the file cannot be read or has no list, FilesInvalidError with all problems of its entries
 */
export function readAcceptedFile(path: string, profile: Profile): AcceptedDifference[] {
  if (!isThere(path))
    throw new FileError(path, `the file does not exist; compare with --write-accepted ${path} writes it for the first time`);
  const { content, placeOf } = readDataFile(path);
  if (!Array.isArray(content)) throw new FileError(path, `expected a list of differences, such as ${example}`);
  const problems = new ProblemList();
  for (const [index, entry] of content.entries())
    for (const { path: field, message } of problemsOf(entry, profile)) {
      const steps = [String(index), ...(field === '' ? [] : field.split('.'))];
      problems.add(`${path}: ${placeOf(steps)}[${index}]${field === '' ? '' : `.${field}`}: ${inEnglish(message)}`);
    }
  problems.throwIfAny();
  return content;
}

function problemsOf(entry: unknown, { source }: Profile): Pick<Problem, 'path' | 'message'>[] {
  const problems = findProblems(AcceptedDifference, entry);
  if (problems.length > 0) return problems;
  const { operation } = entry as AcceptedDifference;
  if (operation === undefined || Object.hasOwn(source.operations, operation)) return [];
  return [{ path: 'operation', message: text('expected-one-of', { values: Object.keys(source.operations) }) }];
}

/**
 * Writes a new file that accepts the differences of a comparison. Those that were accepted keep their entries.
 * @throws FileError if the file cannot be written
 */
export function writeAcceptedFile(path: string, { others, accepted }: DividedDifferences): void {
  const day = new Date(new Clock().machineNow()).toISOString().slice(0, 10);
  const before = new Set(accepted.map(({ entry }) => entry));
  const added = others.map((difference) => entryFor(difference, `accepted on ${day}; write the reason here`));
  writeNewFile(path, [...before, ...added]);
}
