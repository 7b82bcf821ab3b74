import { isObject } from './json-object.js';

/** The member that tells the items of a list apart, such as contactType. */
export function typeIn(item: unknown): { name: string; value: string } | undefined {
  if (!isObject(item)) return undefined;
  const [name, value] = Object.entries(item).find(([own]) => /(^t|T)ype$/.test(own)) ?? [];
  return name !== undefined && typeof value === 'string' ? { name, value } : undefined;
}
