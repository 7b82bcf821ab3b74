import { spawnSync } from 'node:child_process';
import { freePort } from '../../more/free-port.mjs';
import { startProgram } from './program.mjs';

/** True if this machine has a Redis server. */
export const hasRedis = spawnSync('redis-server', ['--version']).error === undefined;

/**
 * Starts a Redis server without a disk.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` is a value for `--store`
 */
export async function startRedis() {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const { stop } = await startProgram('redis-server', args, /Ready to accept connections/);
  return { url: `redis://127.0.0.1:${port}/0`, stop };
}
