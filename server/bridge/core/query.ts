import { isObject } from './outcome.js';

/** `data` of my.request as an address or a form carries it: what is an object goes as JSON. */
export function query(data: unknown): URLSearchParams {
  if (!isObject(data)) return new URLSearchParams(String(data));
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined) found.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return found;
}
