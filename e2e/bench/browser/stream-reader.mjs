import { fileURLToPath } from 'node:url';
import { startProgram } from '../servers/program.mjs';

const readStreams = fileURLToPath(new URL('read-streams.mjs', import.meta.url));

/**
 * Reads the streams that an open dashboard reads. A browser on the same machine would take processor time from the emulator.
 *
 * @param {string} url of the emulator
 * @returns {Promise<{ stop: () => Promise<void> }>}
 */
export async function readDashboardStreams(url) {
  const page = await (await fetch(`${url}/`, { headers: { accept: 'text/html' } })).text();
  const addresses = Array.from(page.matchAll(/data-stream="([^"]+)"/g), ([, address]) =>
    address.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
  );
  if (addresses.length === 0) throw new Error('the dashboard has no stream');
  return startProgram(process.execPath, [readStreams, ...addresses.map((address) => new URL(address, url).href)], /open\n/);
}
