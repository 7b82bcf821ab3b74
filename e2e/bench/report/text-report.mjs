import { aimsTables } from './aims.mjs';
import { worseFigures } from './comparison.mjs';
import { hundredth } from './formats.mjs';
import { describeMachine } from './machine.mjs';
import { textTable } from './table.mjs';

/**
 * Writes the report for a terminal.
 *
 * @param {import('./results.mjs').Results} results
 * @param {import('../part.mjs').Part[]} parts
 * @param {import('./results.mjs').Results | undefined} before the newest results, if they can be compared
 */
export function textReport(results, parts, before) {
  const tables = parts.flatMap((part) => part.tables(results.parts[part.name]));
  const heading = `billetera ${results.version} and ${results.peer}\n${describeMachine(results.machine)}\n`;
  const written = [...tables, ...aimsTables(results.figures)].map(textTable);
  return [heading, ...written, comparison(results, before)].join('\n');
}

function comparison(results, before) {
  if (before === undefined) return 'Not compared with earlier results.\n';
  const origin = `those of ${before.version} (${before.date.slice(0, 10)})`;
  const worse = worseFigures(before, results);
  if (worse.length === 0) return `No figure is worse than ${origin}.\n`;
  const rows = worse.map(({ name, before, now }) => [name, hundredth(before), hundredth(now)]);
  return textTable({ title: `Worse than ${origin}`, head: ['', 'then', 'now'], rows });
}
