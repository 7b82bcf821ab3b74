import type { Profile } from '../profiles/profile.js';
import { catalogue, phrase } from './catalogues.js';

/**
 * The meaning of the error number of a JSAPI, such as 11.
 * @returns undefined for other results: the codes of the OpenAPI are names
 */
export function errorInWords(
  { jsapis }: Profile,
  { operation, resultCode }: { operation?: string | undefined; resultCode?: string | null | undefined },
  lang: string,
): string | undefined {
  if (operation === undefined || !jsapis.has(operation)) return undefined;
  return phrase(catalogue(lang), `errors.${resultCode}`);
}
