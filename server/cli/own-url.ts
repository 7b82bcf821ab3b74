import type { Config } from '../emulator/config.js';
import { hostInUrl } from '../emulator/listen.js';

/** The address of the emulator that a configuration starts, on this machine. */
export function ownUrl({ host, port, tlsOnly, tlsPort }: Config): string {
  return tlsOnly ? `https://${hostInUrl(host)}:${tlsPort}` : `http://${hostInUrl(host)}:${port}`;
}
