import { text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import { type ConverterContext, converters } from './converters.js';

/** A compiled tree. It fills in the variables; a part without a value is undefined and is left out of the object around it. */
export type Tree = (variables: object, context: ConverterContext) => unknown;

/**
 * Compiles a profile's JSON tree.
 *
 * - `"$user.nickName"` is the value at that path. `"$accessTokenExpiresAt | time"` sends the value through converters.
 * - `{ "$each": "$user.loginIdInfos", "$where": { "loginIdType": "EMAIL" }, "$item": <tree over $item> }` maps a list.
 *   With `"$first": true` the result is the first item, not a list. With `"$order": { "loginIdType": ["EMAIL", "MOBILE_PHONE"] }` items
 *   with these values come first, in this order.
 * - `{ "$from": "$user.gender", "$enum": { "MALE": "M" }, "$else": "X", "$none": "?" }` renames values. Without `$else` an unlisted
 *   value stays as it is. Without `$none` a missing value is left out.
 * - `{ "$flatten": "$userInfo", … }` puts an object's fields beside the other fields.
 * - Any other string, number, boolean, list or object stands for itself. Write a literal `$` at the beginning as `$$`.
 *
 * @param at the place of the tree in the profile, such as `operations.revoke.response`
 * @param allowed the variables that the tree may use; absent: any
 * @throws TextError at the place of the mistake
 */
export function compileTree(source: unknown, at: string, allowed?: readonly string[]): Tree {
  if (typeof source === 'string')
    return source.startsWith('$') && !source.startsWith('$$')
      ? compileReference(source, at, allowed)
      : literal(source.replace(/^\$\$/, '$'));
  if (Array.isArray(source)) {
    const items = source.map((item, index) => compileTree(item, `${at}.${index}`, allowed));
    return (variables, context) => items.map((item) => item(variables, context)).filter((item) => item !== undefined);
  }
  if (typeof source !== 'object' || source === null) return literal(source);
  if ('$each' in source) return compileEach(source as Record<string, unknown>, at, allowed);
  if ('$from' in source) return compileEnum(source as Record<string, unknown>, at, allowed);
  return compileObject(source as Record<string, unknown>, at, allowed);
}

function literal(value: unknown): Tree {
  return () => value;
}

/** Compiles a path with its converters, such as `$user.birthday | epoch-ms`. @throws TextError at its place */
export function compileReference(source: string, at: string, allowed?: readonly string[]): Tree {
  const [path = '', ...converting] = source.split('|').map((part) => part.trim());
  if (!/^\$[A-Za-z_]\w*(\.\w+)*$/.test(path)) throw errorAt(at, text('reference-wrong', { path }));
  const steps = path.slice(1).split('.');
  if (allowed !== undefined && !allowed.includes(steps[0] as string))
    throw errorAt(at, text('variable-unknown', { variable: `$${steps[0]}`, allowed: allowed.map((name) => `$${name}`) }));
  const chain = converting.map((name) => {
    const converter = Object.hasOwn(converters, name) ? converters[name] : undefined;
    if (converter === undefined)
      throw errorAt(at, text('converter-unknown', { converter: name, allowed: Object.keys(converters) }));
    return converter;
  });
  return (variables, context) => {
    let value: unknown = variables;
    for (const step of steps) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string, unknown>)[step];
    }
    for (const convert of chain) {
      if (isEmpty(value)) return undefined;
      value = convert(value, context);
    }
    return present(value);
  };
}

function compileEach(source: Record<string, unknown>, at: string, allowed?: readonly string[]): Tree {
  checkKeys(source, at, ['$each', '$where', '$order', '$item', '$first']);
  if (!('$item' in source)) throw errorAt(`${at}.$item`, text('item-missing'));
  const list = compileTree(source.$each, `${at}.$each`, allowed);
  const item = compileTree(source.$item, `${at}.$item`, allowed && [...allowed, 'item']);
  const where = Object.entries((source.$where ?? {}) as Record<string, unknown>);
  const rank = compileOrder(source.$order, `${at}.$order`);
  return (variables, context) => {
    const values = list(variables, context);
    if (!Array.isArray(values)) return undefined;
    const filled = values
      .filter((value) => where.every(([key, wanted]) => (value as Record<string, unknown> | null)?.[key] === wanted))
      .sort((one, other) => rank(one) - rank(other))
      .map((value) => item({ ...variables, item: value }, context))
      .filter((value) => value !== undefined);
    return source.$first === true ? filled[0] : filled.length > 0 ? filled : undefined;
  };
}

/** Compiles `$order` into the rank of an item: its value's index, or the number of values if its value is not listed. */
function compileOrder(order: unknown, at: string): (item: unknown) => number {
  if (order === undefined) return () => 0;
  const [entry, ...others] = typeof order === 'object' && order !== null ? Object.entries(order) : [];
  if (entry === undefined || others.length > 0 || !Array.isArray(entry[1]))
    throw errorAt(at, text('order-wrong', { example: '{ "contactType": ["EMAIL", "MOBILE_PHONE"] }' }));
  const [field, values] = entry as [string, unknown[]];
  return (item) => {
    const index = values.indexOf((item as Record<string, unknown> | null)?.[field]);
    return index < 0 ? values.length : index;
  };
}

function compileEnum(source: Record<string, unknown>, at: string, allowed?: readonly string[]): Tree {
  checkKeys(source, at, ['$from', '$enum', '$else', '$none']);
  const from = compileTree(source.$from, `${at}.$from`, allowed);
  if (typeof source.$enum !== 'object' || source.$enum === null) throw errorAt(`${at}.$enum`, text('enum-wrong'));
  const renamed = new Map(Object.entries(source.$enum));
  return (variables, context) => {
    const value = from(variables, context);
    if (value === undefined) return source.$none;
    return renamed.get(String(value)) ?? source.$else ?? value;
  };
}

function compileObject(source: Record<string, unknown>, at: string, allowed?: readonly string[]): Tree {
  const unknown = Object.keys(source).find((key) => key.startsWith('$') && key !== '$flatten');
  if (unknown !== undefined) throw errorAt(`${at}.${unknown}`, text('keyword-unknown'));
  const flattened = '$flatten' in source ? compileTree(source.$flatten, `${at}.$flatten`, allowed) : undefined;
  const fields = Object.entries(source)
    .filter(([key]) => key !== '$flatten')
    .map(([key, value]) => [key, compileTree(value, `${at}.${key}`, allowed)] as const);
  return (variables, context) => {
    const filled: Record<string, unknown> =
      flattened === undefined ? {} : { ...(flattened(variables, context) as object | undefined) };
    for (const [key, tree] of fields) {
      const value = tree(variables, context);
      if (value !== undefined) filled[key] = value;
    }
    return Object.keys(filled).length > 0 || fields.length === 0 ? filled : undefined;
  };
}

function checkKeys(source: Record<string, unknown>, at: string, known: readonly string[]): void {
  const unknown = Object.keys(source).find((key) => !known.includes(key));
  if (unknown !== undefined) throw errorAt(`${at}.${unknown}`, text('tree-field-unknown', { allowed: known }));
}

/** Removes empty parts at any depth: a field without a value is left out, never sent as "" or null. */
function present(value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  if (typeof value !== 'object' || !hasEmptyPart(value)) return value;
  if (Array.isArray(value)) return value.map(present).filter((item) => item !== undefined);
  const fields = Object.entries(value as object).map(([key, item]) => [key, present(item)] as const);
  return Object.fromEntries(fields.filter(([, item]) => item !== undefined));
}

/** Most values are whole. They are not copied. */
function hasEmptyPart(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isEmpty(value);
  for (const key in value) if (hasEmptyPart((value as Record<string, unknown>)[key])) return true;
  return false;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
