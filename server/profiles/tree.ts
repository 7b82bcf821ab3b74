import { converters, type Surroundings } from './converters.js';

/** A compiled tree: fills itself in from what is known. A part without a value is undefined, and left out of what surrounds it. */
export type Tree = (known: object, surroundings: Surroundings) => unknown;

/**
 * Compiles a profile's JSON tree.
 *
 * - `"$user.nickName"` is the value at that path; `"$accessTokenExpiresAt | time"` the same through converters;
 * - `{ "$each": "$user.loginIdInfos", "$where": { "loginIdType": "EMAIL" }, "$item": <tree over $item> }` maps a list;
 * - the same with `"$first": true` is the first of them, not a list;
 * - `{ "$from": "$user.gender", "$enum": { "MALE": "M" }, "$else": "X" }` renames values; without `$else` others stay as they are, and
 *   what has no value is left out, or is what `"$none"` says;
 * - `{ "$flatten": "$userInfo", … }` lays an object's fields among the others;
 * - any other string, number, boolean, list or object stands for itself. A literal `$` at the beginning is written `$$`.
 *
 * @param at where in the profile it stands, for error messages
 * @param names what it may speak of; absent: whatever it likes
 * @throws Error that names the place and what was expected
 */
export function compileTree(source: unknown, at: string, names?: readonly string[]): Tree {
  if (typeof source === 'string')
    return source.startsWith('$') && !source.startsWith('$$')
      ? compileReference(source, at, names)
      : literal(source.replace(/^\$\$/, '$'));
  if (Array.isArray(source)) {
    const items = source.map((item, index) => compileTree(item, `${at}/${index}`, names));
    return (known, surroundings) => items.map((item) => item(known, surroundings)).filter((item) => item !== undefined);
  }
  if (typeof source !== 'object' || source === null) return literal(source);
  if ('$each' in source) return compileEach(source as Record<string, unknown>, at, names);
  if ('$from' in source) return compileEnum(source as Record<string, unknown>, at, names);
  return compileObject(source as Record<string, unknown>, at, names);
}

function literal(value: unknown): Tree {
  return () => value;
}

function compileReference(source: string, at: string, names?: readonly string[]): Tree {
  const [path = '', ...converting] = source.split('|').map((part) => part.trim());
  if (!/^\$[A-Za-z_]\w*(\.\w+)*$/.test(path)) throw new Error(`${at}: expected a path such as "$user.nickName", got "${path}"`);
  const steps = path.slice(1).split('.');
  if (names !== undefined && !names.includes(steps[0] as string))
    throw new Error(`${at}: there is no $${steps[0]} here: expected one of ${names.map((name) => `$${name}`).join(', ')}`);
  const chain = converting.map((name) => {
    const converter = Object.hasOwn(converters, name) ? converters[name] : undefined;
    if (converter === undefined)
      throw new Error(`${at}: there is no converter "${name}": expected one of ${Object.keys(converters).join(', ')}`);
    return converter;
  });
  return (known, surroundings) => {
    let value: unknown = known;
    for (const step of steps) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string, unknown>)[step];
    }
    for (const convert of chain) {
      if (isEmpty(value)) return undefined;
      value = convert(value, surroundings);
    }
    return present(value);
  };
}

function compileEach(source: Record<string, unknown>, at: string, names?: readonly string[]): Tree {
  checkKeys(source, at, ['$each', '$where', '$item', '$first']);
  if (!('$item' in source)) throw new Error(`${at}/$item: expected a tree over $item, or "$item" itself, and it is missing`);
  const list = compileTree(source.$each, `${at}/$each`, names);
  const item = compileTree(source.$item, `${at}/$item`, names && [...names, 'item']);
  const where = Object.entries((source.$where ?? {}) as Record<string, unknown>);
  return (known, surroundings) => {
    const values = list(known, surroundings);
    if (!Array.isArray(values)) return undefined;
    const filled = values
      .filter((value) => where.every(([key, wanted]) => (value as Record<string, unknown> | null)?.[key] === wanted))
      .map((value) => item({ ...known, item: value }, surroundings))
      .filter((value) => value !== undefined);
    return source.$first === true ? filled[0] : filled.length > 0 ? filled : undefined;
  };
}

function compileEnum(source: Record<string, unknown>, at: string, names?: readonly string[]): Tree {
  checkKeys(source, at, ['$from', '$enum', '$else', '$none']);
  const from = compileTree(source.$from, `${at}/$from`, names);
  if (typeof source.$enum !== 'object' || source.$enum === null)
    throw new Error(`${at}/$enum: expected an object of values and what they are called`);
  const renamed = new Map(Object.entries(source.$enum));
  return (known, surroundings) => {
    const value = from(known, surroundings);
    if (value === undefined) return source.$none;
    return renamed.get(String(value)) ?? source.$else ?? value;
  };
}

function compileObject(source: Record<string, unknown>, at: string, names?: readonly string[]): Tree {
  const unknown = Object.keys(source).find((key) => key.startsWith('$') && key !== '$flatten');
  if (unknown !== undefined) throw new Error(`${at}/${unknown}: expected $each, $item, $where, $from, $enum or $flatten`);
  const flattened = '$flatten' in source ? compileTree(source.$flatten, `${at}/$flatten`, names) : undefined;
  const fields = Object.entries(source)
    .filter(([key]) => key !== '$flatten')
    .map(([key, value]) => [key, compileTree(value, `${at}/${key}`, names)] as const);
  return (known, surroundings) => {
    const filled: Record<string, unknown> = { ...(flattened?.(known, surroundings) as object | undefined) };
    for (const [key, tree] of fields) {
      const value = tree(known, surroundings);
      if (value !== undefined) filled[key] = value;
    }
    return Object.keys(filled).length > 0 || fields.length === 0 ? filled : undefined;
  };
}

function checkKeys(source: Record<string, unknown>, at: string, known: readonly string[]): void {
  const unknown = Object.keys(source).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Error(`${at}/${unknown}: expected none but ${known.join(', ')} here`);
}

/** A value without the parts that have none, at any depth: a field without a value is left out, never sent as "" or null. */
function present(value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(present).filter((item) => item !== undefined);
  const fields = Object.entries(value as object).map(([key, item]) => [key, present(item)] as const);
  return Object.fromEntries(fields.filter(([, item]) => item !== undefined));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
