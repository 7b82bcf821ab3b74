import { decode, encode } from '@jridgewell/sourcemap-codec';

/**
 * Keeps of a source map what a stack trace needs: the file and the line. Without columns and names, it is a third as large.
 *
 * @param {string} json a source map
 * @returns {string} a source map that leads to the same files and lines
 */
export function shortenSourceMap(json) {
  const map = JSON.parse(json);
  const lines = decode(map.mappings).map((segments) => segments.filter(isOtherLine).map((segment) => segment.slice(0, 4)));
  return JSON.stringify({ ...map, names: [], mappings: encode(lines) });
}

/** A segment is its column, then the number of its source, and the line in it. */
function isOtherLine([, source, line], index, segments) {
  const before = segments[index - 1];
  return before === undefined || before[1] !== source || before[2] !== line;
}
