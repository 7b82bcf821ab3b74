import { parseArgs } from 'node:util';

/**
 * Reads the arguments of `npm run bench -- [part …] [--quick] [--json] [--write]`.
 *
 * @param {string[]} args
 * @param {string[]} partNames
 * @returns {{ names: string[], quick: boolean, json: boolean, write: boolean }} `names` are the parts to measure, in their order
 * @throws Error if an argument is wrong
 */
export function readArguments(args, partNames) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((name) => !partNames.includes(name));
  if (unknown !== undefined) throw new Error(`unknown part "${unknown}"; the parts are ${partNames.join(', ')}`);
  if (values.write && (values.quick || positionals.length > 0))
    throw new Error('--write measures everything: leave out --quick and the names of parts');
  const names = positionals.length === 0 ? partNames : partNames.filter((name) => positionals.includes(name));
  return { names, ...values };
}
