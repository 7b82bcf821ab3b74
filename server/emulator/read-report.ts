import { Report } from '../control/report/report-schema.js';
import { FileError, readJsonFile } from '../files/read-file.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { inEnglish } from '../texts/write-text.js';
import { version } from './version.js';

/**
 * Reads a file that `GET /_emulator/report` wrote.
 * @throws FileError in one line: the file, the field and what was expected
 */
export function readReport(file: string): Report {
  const content = readJsonFile(file) as { report?: unknown; version?: unknown } | null;
  if (typeof content !== 'object' || content === null || content.report === undefined)
    throw new FileError(file, kindProblem(content));
  const problem = findProblem(Report, content);
  if (problem !== undefined)
    throw new FileError(file, inEnglish(problemText(problem, 'the-file')) + versionHint(content.version));
  const report = content as Report;
  const [wrong] = report.entries.flatMap(({ id }, index) =>
    Number(id) < Number(report.entries[index - 1]?.id ?? Infinity) ? [] : [index],
  );
  if (wrong !== undefined) throw new FileError(file, `entries.${wrong}.id: expected a smaller number than the one before`);
  return report;
}

function kindProblem(content: unknown): string {
  const expected = 'expected a report, as "Download the report" on the dashboard or "billetera report save" writes it';
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return expected;
  if ('consents' in content) return `${expected}; this is a snapshot: use billetera snapshot load`;
  return 'log' in content ? `${expected}; this is a HAR` : expected;
}

/** Fields may differ between versions. */
function versionHint(taken: unknown): string {
  return typeof taken === 'string' && taken !== version
    ? ` (the report is from billetera ${taken.slice(0, 40)}, this is ${version})`
    : '';
}
