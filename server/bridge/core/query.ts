import { isObject } from './call-result.js';

/** Turns the `data` of my.request into a query or a form. Nested objects become JSON; undefined values are left out. */
export function query(data: unknown): URLSearchParams {
  if (!isObject(data)) return new URLSearchParams(String(data));
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined) params.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return params;
}
