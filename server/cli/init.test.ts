import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { readConfig } from '../emulator/config.js';
import { checkFiles } from '../emulator/emulator.js';
import { packageRoot } from '../package-root.js';
import { fixtureScenarioProblems } from '../tenants/check-scenario.js';
import { scratchFolder } from '../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');

/** A project with the package, and a function that runs a command in it. */
function newProject() {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageRoot, join(folder, 'node_modules', 'billetera'), 'junction');
  const run = async (...args: string[]) => (await promisify(execFile)(process.execPath, [main, ...args], { cwd: folder })).stdout;
  return { folder, run, read: (path: string) => readFileSync(join(folder, path), 'utf8') };
}

test('init writes a starter that check and flow accept', async () => {
  const { folder, run, read } = newProject();
  const written = (await run('init')).match(/(?<=^wrote {2}).*/gm) ?? [];
  assert.equal(written.length, 11);
  for (const path of written.filter((path) => path.endsWith('.json'))) {
    const { $schema } = JSON.parse(read(path));
    assert.ok(existsSync(join(folder, dirname(path), $schema)), `${path}: ${$schema}`);
  }
  const { valid, warnings, counts } = JSON.parse(await run('check', '--json'));
  assert.deepEqual([valid, warnings], [true, []]);
  assert.deepEqual([counts.clients, counts.apps, counts.users, counts.scenarios], [1, 1, 2, 1]);
  const variables = JSON.parse(await run('env', '--json'));
  assert.equal(variables.BILLETERA_PRIVATE_KEY_FILE, join(realpathSync(folder), 'billetera', 'keys', 'client.private.pem'));
  const signed = JSON.parse(await run('sign', '--path', '/v2/users/inquiryUserInfo', '--json'));
  assert.equal(signed.headers['Client-Id'], 'my-client');
  await assert.rejects(
    run('sign', '--path', '/v2/x', '--client-id', 'nope'),
    /billetera: there is no client "nope"; known: my-client; name one with --client-id, or add it to clients\.json\n/,
  );
  const { wallet, steps } = JSON.parse(await run('flow', '--json'));
  assert.ok(steps.at(-1).response.body.userInfo.userName);
  assert.deepEqual([wallet, steps.at(-1).response.body.userInfo.userId], ['my-wallet', 'bruno']);
  const [{ publicKey }] = JSON.parse(read('billetera/clients.json')).clients;
  assert.ok(createPublicKey(read('billetera/keys/client.private.pem')).equals(createPublicKey(publicKey)));
});

test('env names the key by its whole path, also without a configuration file', async () => {
  const { folder, run } = newProject();
  await run('init');
  rmSync(join(folder, 'billetera.config.json'));
  const { BILLETERA_PRIVATE_KEY_FILE: file } = JSON.parse(await run('env', '--json'));
  assert.equal(file, join(realpathSync(folder), 'billetera', 'keys', 'client.private.pem'));
});

test('a shell and Node read the same path from env if a folder has an apostrophe or a space in its name', async () => {
  const { folder } = newProject();
  const inner = join(folder, "it's mine");
  mkdirSync(inner);
  const inFolder = async (file: string, ...args: string[]) => (await promisify(execFile)(file, args, { cwd: inner })).stdout;
  await inFolder(process.execPath, main, 'init');
  writeFileSync(join(inner, '.env'), await inFolder(process.execPath, main, 'env'));
  const key = join(realpathSync(inner), 'billetera', 'keys', 'client.private.pem');
  const print = 'process.stdout.write(process.env.BILLETERA_PRIVATE_KEY_FILE)';
  assert.equal(await inFolder(process.execPath, '--env-file=.env', '-e', print), key);
  if (process.platform === 'win32') return;
  assert.equal(await inFolder('sh', '-c', '. ./.env; printf %s "$BILLETERA_PRIVATE_KEY_FILE"'), key);
});

test('init prints the next commands, with the browser that the test needs', async () => {
  const { run } = newProject();
  const next = (await run('init')).split('\nNext:\n')[1];
  assert.deepEqual(next?.match(/^ {2}np[mx] .*/gm)?.length, 4);
  assert.match(next ?? '', /npx playwright install chromium\n/);
  assert.match(next ?? '', /\n {2}write data-app-id="my-app" into your page\n/);
});

test('the files of init are none that Jest or vitest takes for a test, and every wallet accepts its scenario', async () => {
  const { folder, run } = newProject();
  const written: string[] = (await run('init')).match(/(?<=^wrote {2}).*/gm) ?? [];
  // The defaults of Jest (testMatch) and vitest (include).
  for (const path of written) assert.doesNotMatch(path, /__tests__|\.(test|spec)\.[cm]?[jt]sx?$/);
  assert.ok(written.includes('e2e/billetera.pw.ts'));
  const config = readConfig({ fixtures: join(folder, 'billetera') }, {});
  const { profiles, fixtures } = await checkFiles(config);
  for (const name of profiles.names()) assert.deepEqual(fixtureScenarioProblems(profiles.get(name), fixtures), [], name);
});

test('init replaces no file, and adds nothing to fixtures that exist', async () => {
  const { folder, run, read } = newProject();
  mkdirSync(join(folder, 'billetera'));
  for (const path of ['billetera/users.yaml', 'billetera.config.json']) writeFileSync(join(folder, path), '# mine');
  const out = await run('init');
  assert.match(out, /^kept {3}\.\/billetera: it has fixtures already\n/);
  assert.doesNotMatch(out, /data-app-id/);
  assert.match(out, /^kept {3}billetera\.config\.json: it exists already$/m);
  for (const path of ['billetera/users.yaml', 'billetera.config.json']) assert.equal(read(path), '# mine');
  assert.ok(!existsSync(join(folder, 'billetera', 'clients.json')));
  assert.ok(existsSync(join(folder, 'billetera.http')));
});
