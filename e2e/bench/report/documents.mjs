import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { aimsTables } from './aims.mjs';
import { describeMachine } from './machine.mjs';
import { markdownTable } from './table.mjs';

/**
 * @typedef {import('./results.mjs').Results} Results
 * @typedef {import('../part.mjs').Part} Part
 */

const begin = '<!-- benchmark: npm run bench -- --write writes these lines -->';
const end = '<!-- /benchmark -->';
const documents = [
  { file: 'README.md', write: summaryOf },
  { file: 'docs/benchmark.md', write: allTablesOf },
];

/**
 * Writes the tables between the marks in README.md and docs/benchmark.md.
 *
 * @param {Results} results
 * @param {Part[]} parts
 */
export function writeDocuments(results, parts) {
  for (const { file, write } of documents)
    writeFileSync(pathOf(file), withTables(readFileSync(pathOf(file), 'utf8'), write(results, parts), file));
}

/** @throws Error if a document has no place for the tables */
export function checkDocuments() {
  for (const { file } of documents) withTables(readFileSync(pathOf(file), 'utf8'), '', file);
}

/**
 * @param {string} text of a document
 * @param {string} tables
 * @param {string} file its name, for the error
 * @returns {string} the text with these tables between the marks
 * @throws Error if the text does not have both marks
 */
export function withTables(text, tables, file) {
  const [before, rest, ...more] = text.split(`${begin}\n`);
  const [, after, ...others] = (rest ?? '').split(`\n${end}`);
  if (after === undefined || more.length > 0 || others.length > 0)
    throw new Error(`${file} has no place for the tables; it needs these two lines once: ${begin} and ${end}`);
  return `${before}${begin}\n\n${tables}\n${end}${after}`;
}

/** @returns {string} one table with the figures that most readers want */
export function summaryOf(results, parts) {
  const rows = parts.flatMap((part) => part.summary(results.parts[part.name]));
  const head = ['', 'measured', 'compared'];
  return [markdownTable({ head, rows }, head.length), `${origin(results)}\n`].join('\n');
}

/** @returns {string} every table */
export function allTablesOf(results, parts) {
  const tables = parts.flatMap((part) => part.tables(results.parts[part.name]));
  const sections = [...tables, ...aimsTables(results.figures)].map(
    (table) => `### ${table.title}\n\n${markdownTable(table)}${table.note === undefined ? '' : `\n${table.note}\n`}`,
  );
  return [`${origin(results)}\n`, ...sections].join('\n');
}

function origin({ version, peer, date, machine, loadOfOthers }) {
  const load = loadOfOthers === undefined ? '' : ` Other programs used the machine (load ${loadOfOthers.toFixed(1)}).`;
  return `billetera ${version} and ${peer}, measured on ${date.slice(0, 10)}: ${describeMachine(machine)}.${load}`;
}

function pathOf(file) {
  return fileURLToPath(new URL(`../../../${file}`, import.meta.url));
}
