const ours = 'http://emulator.invalid';

/**
 * Reads an address of this emulator from a form or query.
 * @returns the path with query and fragment; undefined if there is none, or if the address leads to another host
 */
export function localPath(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address, ours)) return undefined;
  const { origin, pathname, search, hash } = new URL(address, ours);
  return origin === ours && !pathname.startsWith('//') ? pathname + search + hash : undefined;
}
