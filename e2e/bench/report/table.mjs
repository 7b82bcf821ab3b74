/**
 * @typedef {object} Table
 * @property {string} title
 * @property {string[]} head the first column is text, the others are numbers
 * @property {string[][]} rows
 * @property {string} [note] what a reader must know to read the table
 */

/** @param {Table} table @returns {string} for a terminal */
export function textTable({ title, head, rows, note }) {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('   ')
      .trimEnd();
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 3, -3));
  return [title, '', line(head), rule, ...rows.map(line), ...(note === undefined ? [] : ['', note]), ''].join('\n');
}

/**
 * Writes a table in Markdown.
 *
 * @param {Omit<Table, 'title' | 'note'>} table
 * @param {number} textColumns the first columns, which are text
 * @returns {string}
 */
export function markdownTable({ head, rows }, textColumns = 1) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const alignment = head.map((_, column) => (column < textColumns ? '---' : '---:'));
  return [line(head), `|${alignment.join('|')}|`, ...rows.map(line), ''].join('\n');
}
