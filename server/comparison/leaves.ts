import { isObject } from './json-object.js';

/** The values of a JSON object that are no objects or lists, by their place: `response.contactInfos[].contactNo`. The first of a list counts. */
export function leavesOf(value: unknown, place = 'response', found = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value)) for (const item of value) leavesOf(item, `${place}[]`, found);
  else if (isObject(value)) for (const [name, part] of Object.entries(value)) leavesOf(part, `${place}.${name}`, found);
  else if (!found.has(place)) found.set(place, value);
  return found;
}
