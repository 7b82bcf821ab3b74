import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { platformKeyFile, publicKeyFile } from '../load/merchant.mjs';
import { startServer } from './server-process.mjs';

/** @typedef {import('./server-process.mjs').Server} Server */

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const main = here('../../../dist/bin/main.js');

export const peerVersion = JSON.parse(readFileSync(here('../node_modules/oauth2-mock-server/package.json'), 'utf8')).version;

/** @param {string[]} flags of `billetera start` */
export function startBilletera(...flags) {
  return startServer([main, 'start', '--port', '0', ...flags], '/_emulator/health');
}

/** The peer is oauth2-mock-server. It signs with the platform's key. */
export function startPeer() {
  return startServer([here('peer.mjs'), platformKeyFile], '/.well-known/openid-configuration');
}

/** oauth2-mock-server as its README shows it: it generates a key. */
export function startPeerWithNewKey() {
  return startServer([here('peer.mjs')], '/.well-known/openid-configuration');
}

/**
 * The ceiling is a bare Fastify server that verifies and signs.
 *
 * @param {Record<string, { status: number, body: string }>} answers by path
 */
export function startCeiling(answers = {}) {
  return startServer([here('ceiling.mjs'), publicKeyFile, platformKeyFile, JSON.stringify(answers)], '/health');
}

/**
 * Starts servers one after the other, and stops all of them at the end.
 *
 * @template T
 * @param {Record<string, () => Promise<Server>>} starts
 * @param {(servers: Record<string, Server>) => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function withServers(starts, act) {
  const servers = {};
  try {
    for (const [name, start] of Object.entries(starts)) servers[name] = await start();
    return await act(servers);
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
}
