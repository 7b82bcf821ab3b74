import { hundredth } from './formats.mjs';

/**
 * @typedef {import('../part.mjs').Figure} Figure
 * @typedef {import('./table.mjs').Table} Table
 */

/** @param {Figure[]} figures @returns {Table[]} the figures that have an aim, if any has one */
export function aimsTables(figures) {
  const rows = figures
    .filter(({ aim }) => aim !== undefined)
    .map((figure) => [figure.name, written(figure, figure.value), aimOf(figure), isReached(figure) ? 'yes' : 'no']);
  return rows.length === 0 ? [] : [{ title: 'Aims', head: ['', 'measured', 'aim', 'reached'], rows }];
}

/** @param {Figure} figure */
export function isReached({ value, better, aim }) {
  return better === 'higher' ? value >= aim : value <= aim;
}

function aimOf(figure) {
  return `${figure.better === 'higher' ? 'at least' : 'at most'} ${written(figure, figure.aim)}`;
}

function written({ unit }, value) {
  return unit === undefined ? hundredth(value) : `${hundredth(value)} ${unit}`;
}
