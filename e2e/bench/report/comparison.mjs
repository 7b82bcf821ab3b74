/** @typedef {import('./results.mjs').Results} Results */

/** Two runs of the same code differ by less than this part on a quiet machine. */
const noise = 0.05;

/**
 * Finds the figures that got worse. A figure with a unit is compared only if both were measured on the same machine.
 *
 * @param {Results} before
 * @param {Results} now
 * @returns {{ name: string, before: number, now: number }[]}
 */
export function worseFigures(before, now) {
  const isSameMachine = ['processor', 'cores', 'node'].every((field) => before.machine[field] === now.machine[field]);
  const earlier = new Map(before.figures.map(({ name, value }) => [name, value]));
  return now.figures
    .filter(({ unit }) => unit === undefined || isSameMachine)
    .map(({ name, value, better }) => ({ name, before: earlier.get(name), now: value, better }))
    .filter(isWorse)
    .map(({ name, before, now }) => ({ name, before, now }));
}

/** JSON has null in place of a value that could not be measured. */
function isWorse({ before, now, better }) {
  if (!Number.isFinite(before) || !Number.isFinite(now)) return false;
  return better === 'higher' ? now < before * (1 - noise) : now > before * (1 + noise);
}
