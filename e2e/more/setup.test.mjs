import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spawn from 'cross-spawn';
import { scratchFolder } from './install.mjs';

/** Sets a clone up without a network: before and after the user's own npm ci. */

const root = fileURLToPath(new URL('../..', import.meta.url));

function cloneFolder() {
  const folder = join(scratchFolder('setup'), 'clone');
  mkdirSync(folder);
  for (const path of [
    'package.json',
    'package-lock.json',
    'LICENSE',
    'setup.mjs',
    'tsconfig.json',
    'docs',
    'scripts',
    'server',
    'skills',
    'views',
    'fixtures',
  ])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  return folder;
}

/** Runs a command. @returns its status, what it printed, and the seconds that it took */
async function run(folder, env, command, ...args) {
  const began = performance.now();
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, NODE_TEST_CONTEXT: '', ...env } });
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, printed: stdout + stderr, seconds: (performance.now() - began) / 1000 };
}

/** A registry that accepts connections and never answers. */
async function silentRegistry(context) {
  const server = createServer(() => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

/** An address that refuses connections. */
const closedRegistry = 'http://127.0.0.1:1';

test('a first start without network says within seconds what to do', async (context) => {
  const folder = cloneFolder();
  for (const [registry, code] of [
    [closedRegistry, 'ECONNREFUSED'],
    [await silentRegistry(context), 'ETIMEDOUT'],
  ]) {
    const env = { npm_config_registry: registry, npm_config_cache: join(folder, 'empty-cache') };
    const { status, printed, seconds } = await run(folder, env, 'npm', 'start', '--silent');
    assert.equal(status, 1, printed);
    assert.match(printed, new RegExp(`the registry ${registry}/? cannot be reached \\(${code}\\)`));
    assert.match(printed, /Connect to the network and start again/);
    assert.ok(seconds < 30, `${registry}: ${seconds} s`);
    context.diagnostic(`${code}: ${seconds.toFixed(1)} s`);
  }
});

test('after npm ci, the first start needs no registry, and no packages of the benchmark', async () => {
  const folder = cloneFolder();
  const installed = await run(folder, {}, 'npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error');
  assert.equal(installed.status, 0, installed.printed);
  const env = { npm_config_registry: closedRegistry, npm_config_cache: join(folder, 'empty-cache') };
  const { status, printed } = await run(folder, env, 'npm', 'start', '--silent', '--', '--version');
  assert.equal(status, 0, printed);
  assert.match(printed, /^\d+\.\d+\.\d+\n$/);
  for (const name of ['autocannon', 'oauth2-mock-server'])
    assert.equal(existsSync(join(folder, 'node_modules', name)), false, name);
});
