import fc from 'fast-check';
import { anyJson, oddText } from './arbitrary-json.js';

/** A change to a text, at a place from 0 (its start) to 1 (its end). */
const textChange = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 40 }),
  put: oddText,
});

/** A text with a few places cut out, or replaced by odd texts. */
export function nearlyText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.array(textChange, { maxLength: 4 })).map(([whole, changes]) =>
    changes.reduce((changed, { at, length, put }) => {
      const start = Math.floor(at * changed.length);
      return changed.slice(0, start) + put.slice(0, 2000) + changed.slice(start + length);
    }, whole),
  );
}

/** JSON with a few values replaced by others, removed, or under another name. */
export function nearlyJson(value: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(value);
  const change = fc.record({
    place: fc.constantFrom(...places),
    how: fc.constantFrom('replace', 'remove', 'rename', 'repeat'),
    put: anyJson,
    name: oddText,
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const changed = structuredClone(value);
    for (const { place, how, put, name } of changes) changeAt(changed, place, how, put, name);
    return changed;
  });
}

type Place = readonly (string | number)[];

function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  // A long list repeats itself.
  const entries = Object.entries(value).slice(0, 30);
  return [...(place.length > 0 ? [place] : []), ...entries.flatMap(([name, part]) => placesIn(part, [...place, name]))];
}

function changeAt(value: unknown, place: Place, how: string, put: unknown, name: string): void {
  let holder = value as Record<string | number, unknown>;
  for (const step of place.slice(0, -1)) {
    holder = holder?.[step] as typeof holder;
    // An earlier change removed it.
    if (typeof holder !== 'object' || holder === null) return;
  }
  const last = place.at(-1) ?? '';
  if (how === 'remove') delete holder[last];
  else if (how === 'replace') holder[last] = put;
  else if (how === 'rename') define(holder, name, holder[last]);
  else holder[last] = [holder[last], holder[last]];
}

/** Also a name such as `__proto__`. */
function define(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}
