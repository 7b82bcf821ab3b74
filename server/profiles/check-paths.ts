import { text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import type { Profile } from './profile.js';

/** Finds the part of a path that the emulator answers itself, such as `/wallet`. @returns undefined if the path is free */
export type FindReserved = (path: string) => string | undefined;

/**
 * Checks that the emulator itself answers none of a profile's paths.
 * @throws TextError at the field
 */
export function checkPaths({ prefixes, operations }: Profile, findReserved: FindReserved): void {
  const check = (at: string, path: string) => {
    const reserved = findReserved(path);
    if (reserved !== undefined) throw errorAt(at, text('path-reserved', { path, reserved }));
  };
  for (const [index, prefix] of prefixes.entries()) check(`prefixes.${index}`, prefix);
  for (const [path, { name }] of operations) check(`operations.${name}.paths`, path);
}
