/** Values of tables as text. A value that could not be measured is a dash. */

export const whole = written((value) => Math.round(value).toLocaleString('en'));
export const tenth = written((value) => value.toFixed(1));
export const hundredth = written((value) => value.toFixed(2));

/** @param {number} count @param {string} noun @returns {string} such as `1 round` or `3 rounds` */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function written(write) {
  return (value) => (Number.isFinite(value) ? write(value) : '–');
}
