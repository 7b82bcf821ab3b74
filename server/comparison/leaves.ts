import { isObject } from './json-object.js';
import { typeIn } from './typed-item.js';

/** The values of a JSON object that are no objects or lists, by their place: `response.contactInfos[].contactNo`. The first of a list counts. */
export function leavesOf(value: unknown): Map<string, unknown> {
  return collect(value, 'response', () => '', new Map());
}

/** The same, but items of a list with different types have different places: `response.contactInfos[EMAIL].contactNo`. */
export function typedLeavesOf(value: unknown): Map<string, unknown> {
  return collect(value, 'response', (item) => typeIn(item)?.value ?? '', new Map());
}

/** Returns true for a field, and for a place in its value. */
export function isInside(place: string, field: string): boolean {
  return place === field || place.startsWith(`${field}.`) || place.startsWith(`${field}[`);
}

/** The place of the object around a field, and the field's name. */
export function parentOf(place: string): { parent: string; key: string } {
  const dot = place.lastIndexOf('.');
  return { parent: place.slice(0, dot), key: place.slice(dot + 1) };
}

/** Leaves by their place. An item whose type is not known, on either side, stands for items of any type. */
export class TypedLeaves {
  readonly #typed: ReadonlyMap<string, unknown>;
  readonly #untyped: ReadonlyMap<string, unknown>;

  constructor(leaves: Iterable<readonly [place: string, value: unknown]>) {
    this.#typed = new Map(leaves);
    this.#untyped = new Map(Array.from(this.#typed, ([place, value]): [string, unknown] => [untyped(place), value]).reverse());
  }

  /** Returns false for a place in an item of a list that has only items of other types. */
  hasItem(place: string): boolean {
    const end = place.lastIndexOf(']');
    if (end < 0 || place[end - 1] === '[') return true;
    const [item, list] = [place.slice(0, end + 1), place.slice(0, place.lastIndexOf('[', end) + 1)];
    const places = [...this.#typed.keys()].filter((known) => known.startsWith(list));
    return places.length === 0 || places.some((known) => known.startsWith(item) || known.startsWith(`${list}]`));
  }

  places(): Iterable<string> {
    return this.#typed.keys();
  }

  get(place: string): unknown {
    return this.#typed.get(place) ?? (untyped(place) === place ? this.#untyped : this.#typed).get(untyped(place));
  }
}

function untyped(place: string): string {
  return place.replaceAll(/\[[^[\]]+\]/g, '[]');
}

function collect(
  value: unknown,
  place: string,
  nameOf: (item: unknown) => string,
  found: Map<string, unknown>,
): Map<string, unknown> {
  if (Array.isArray(value)) for (const item of value) collect(item, `${place}[${nameOf(item)}]`, nameOf, found);
  else if (isObject(value)) for (const [name, part] of Object.entries(value)) collect(part, `${place}.${name}`, nameOf, found);
  else if (!found.has(place)) found.set(place, value);
  return found;
}
