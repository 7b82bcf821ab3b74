import type { Jsapi } from '../profiles/profile.js';

/** The screen shows at most this many characters of a purpose. */
const maxLength = 500;

/** Reads the purpose of the data, if the JSAPI has a parameter for it. */
export function readPurpose(params: Record<string, unknown>, jsapi: Jsapi | undefined): string | undefined {
  const purpose = jsapi?.purpose === undefined ? undefined : params[jsapi.purpose];
  return typeof purpose === 'string' ? purpose.trim().slice(0, maxLength) || undefined : undefined;
}
