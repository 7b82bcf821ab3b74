/** Values of tables as text. A value that could not be measured is a dash. */

export const whole = written((value) => Math.round(value).toLocaleString('en'));
export const tenth = written((value) => value.toFixed(1));
export const hundredth = written((value) => value.toFixed(2));

function written(write) {
  return (value) => (Number.isFinite(value) ? write(value) : '–');
}
