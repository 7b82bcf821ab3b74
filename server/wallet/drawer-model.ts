import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import type { DrawerAnswer } from './drawer.js';

/** The errors that a tester can choose, the most useful first. */
const errors = [
  jsapiError.refused,
  jsapiError.cancelled,
  jsapiError.network,
  jsapiError.invalidParameters,
  jsapiError.unknown,
  jsapiError.notPermitted,
  jsapiError.unknownOther,
  jsapiError.system,
];

const refuseCodes = [scopeError.refused, scopeError.unavailable];

/**
 * The values of the tester's drawer.
 * @param scopes that the user is asked for
 * @param chosen in the drawer before the user was changed
 * @param changed users who do something else than in the fixtures, such as what an earlier drawer said
 */
export function drawerModel(
  scopes: readonly string[],
  lang: string,
  { error, delay = 0, refuse = {}, always = false }: Partial<DrawerAnswer> = {},
  changed: readonly { userId: string; name: string; note: string | null }[] = [],
) {
  const say = (key: string) => phrase(catalogue(lang), key) ?? '';
  const [refuseCode] = Object.values(refuse);
  return {
    delay,
    always,
    changed,
    scopes: scopes.map((name) => ({ name, refused: Object.hasOwn(refuse, name) })),
    errors: errors.map((code) => ({
      code,
      text: say(code === jsapiError.network ? 'drawer.timeout' : `errors.${code}`),
      selected: code === error,
    })),
    refuseCodes: refuseCodes.map((code) => ({ code, text: say(`scopeErrors.${code}`), selected: code === refuseCode })),
  };
}
