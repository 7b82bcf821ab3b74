import type { FastifyRequest } from 'fastify';

/**
 * The `Location` of a 201: an address as the caller reaches the emulator, with the tenant, so that it leads to the thing without a header.
 * @param path the names below `/_emulator`, such as `clients` and an id
 */
export function locationOf({ base }: FastifyRequest, ...path: string[]): string {
  // Half a character of UTF-16 cannot be written in an address.
  return [`${base}/_emulator`, ...path.map((name) => encodeURIComponent(Buffer.from(name).toString()))].join('/');
}
