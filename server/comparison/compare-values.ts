import { isSameForm } from './forms.js';
import { isObject, type JsonObject } from './json-object.js';
import { typeIn } from './typed-item.js';

/** A place at which the answers of the platform and of the emulator differ. */
export type ValueFinding =
  | { kind: 'missing' | 'extra' | 'type'; place: string; platform: unknown; emulator: unknown }
  | { kind: 'form' | 'length'; place: string; platform: string; emulator: string }
  | { kind: 'order'; place: string; platform: string[]; emulator: string[] };

/** Compares strings at a place. @returns undefined if they do not differ */
export type CompareStrings = (place: string, platform: string, emulator: string) => 'form' | 'length' | undefined;

/** Compares strings by their form. */
export const byForm: CompareStrings = (_place, platform, emulator) => (isSameForm(platform, emulator) ? undefined : 'form');

/**
 * Compares two JSON values by their structure and the form of their strings, and not by their values.
 * @param compareStrings some places have rules of their own, such as tokens, whose length counts
 */
export function compareValues(
  place: string,
  platform: unknown,
  emulator: unknown,
  compareStrings: CompareStrings = byForm,
): ValueFinding[] {
  if (isObject(platform) && isObject(emulator)) return compareObjects(place, platform, emulator, compareStrings);
  if (Array.isArray(platform) && Array.isArray(emulator)) return compareLists(place, platform, emulator, compareStrings);
  if (typeOf(platform) !== typeOf(emulator)) return [{ kind: 'type', place, platform, emulator }];
  if (typeof platform !== 'string' || typeof emulator !== 'string' || platform === '' || emulator === '') return [];
  const kind = compareStrings(place, platform, emulator);
  return kind === undefined ? [] : [{ kind, place, platform, emulator }];
}

function compareObjects(
  place: string,
  platform: JsonObject,
  emulator: JsonObject,
  compareStrings: CompareStrings,
): ValueFinding[] {
  const names = new Set([...Object.keys(platform), ...Object.keys(emulator)]);
  return [...names].flatMap((name): ValueFinding[] => {
    const at = `${place}.${name}`;
    const [sent, own] = [platform[name], emulator[name]];
    if (sent === undefined) return [{ kind: 'missing', place: at, platform: undefined, emulator: own }];
    if (own === undefined) return [{ kind: 'extra', place: at, platform: sent, emulator: undefined }];
    return compareValues(at, sent, own, compareStrings);
  });
}

function compareLists(
  place: string,
  platform: readonly unknown[],
  emulator: readonly unknown[],
  compareStrings: CompareStrings,
): ValueFinding[] {
  if (platform.length === 0 || emulator.length === 0) return [];
  const at = `${place}[]`;
  const findings = pairsOf(platform, emulator).flatMap(([sent, own]) => compareValues(at, sent, own, compareStrings));
  return [...onlyEverywhere(findings, platform, emulator), ...compareOrder(at, platform, emulator)];
}

/** Items of the same type belong together. An item of a type that the other list does not have is compared with the whole list. */
function pairsOf(platform: readonly unknown[], emulator: readonly unknown[]): [unknown, unknown][] {
  const merged = mergedItems(emulator);
  return platform.map((sent) => {
    const type = typeIn(sent)?.value;
    const same = type === undefined ? undefined : emulator.find((own) => typeIn(own)?.value === type);
    return [sent, same ?? merged];
  });
}

/** One item with the fields of all items. */
function mergedItems(items: readonly unknown[]): unknown {
  return items.every(isObject) ? Object.assign({}, ...[...items].reverse()) : items[0];
}

/** A field that only some items of a list have is optional: it differs only if no item of the other list has it. */
function onlyEverywhere(
  findings: readonly ValueFinding[],
  platform: readonly unknown[],
  emulator: readonly unknown[],
): ValueFinding[] {
  const inAny = (items: readonly unknown[], name: string) => items.some((item) => isObject(item) && item[name] !== undefined);
  return findings.filter(({ kind, place }) => {
    const name = place.slice(place.lastIndexOf('[].') + 3);
    if (name.includes('.')) return true;
    return kind === 'missing' ? !inAny(platform, name) : kind !== 'extra' || !inAny(emulator, name);
  });
}

function compareOrder(place: string, platform: readonly unknown[], emulator: readonly unknown[]): ValueFinding[] {
  const name = typeIn(platform[0])?.name;
  const [sent, own] = [typesIn(platform), typesIn(emulator)];
  const isShared = (type: string) => sent.includes(type) && own.includes(type);
  const [first, second] = [sent.filter(isShared), own.filter(isShared)];
  if (name === undefined || first.join() === second.join()) return [];
  return [{ kind: 'order', place: `${place}.${name}`, platform: first, emulator: second }];
}

/** The types of a list's items, each once, in their order. */
function typesIn(items: readonly unknown[]): string[] {
  return [...new Set(items.map((item) => typeIn(item)?.value).filter((type) => type !== undefined))];
}

/** The JSON type of a value: null, list, object, string, number or boolean. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
