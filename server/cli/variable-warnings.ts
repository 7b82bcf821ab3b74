import { configFileVariable, optionSchemas, variableName } from '../emulator/config.js';
import { closestName } from '../profiles/suggest-name.js';

/** The variables of `env` and `exec`, which are no options. */
const otherVariables = ['url', 'clientId', 'appId', 'platformPublicKey', 'privateKeyFile'];
const known = [configFileVariable, ...[...Object.keys(optionSchemas), ...otherVariables].map(variableName)];
const prefix = 'BILLETERA_';

/**
 * Finds variables whose names are probably misspelt. Others with the prefix can belong to a project, so they are left alone.
 * @returns one line for each
 */
export function variableWarnings(env: NodeJS.ProcessEnv): string[] {
  const ends = known.map((name) => name.slice(prefix.length).toLowerCase());
  return Object.keys(env).flatMap((name) => {
    if (!name.startsWith(prefix) || known.includes(name)) return [];
    const meant = closestName(name.slice(prefix.length), ends);
    return meant === undefined ? [] : [`nothing reads the variable ${name}; did you mean ${prefix}${meant.toUpperCase()}?`];
  });
}
