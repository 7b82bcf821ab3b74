import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type Config, readConfig } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { scratchFolder } from '../testing/emulator.js';
import { watch } from './watch.js';

/** A log that a test can wait for. */
class TestLog {
  level = 'info';
  readonly lines: string[] = [];
  #waiting: (() => void) | undefined;

  info = (line: string) => this.#add(line);
  warn = (line: string) => this.#add(line);
  error = (line: string) => this.#add(line);

  /** Waits until a line contains the text, and forgets the lines up to it. */
  async until(text: string): Promise<string> {
    for (;;) {
      const at = this.lines.findIndex((line) => line.includes(text));
      if (at >= 0) return this.lines.splice(0, at + 1).at(-1) as string;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  #add(line: string): void {
    this.lines.push(line);
    this.#waiting?.();
  }
}

const reloaded = 'the fixtures were reloaded';
const write = (path: string, content: unknown) => writeFileSync(path, JSON.stringify(content));
const user = (userId: string) => [{ userId, name: userId }];

/** Starts an emulator that watches its files. */
async function watched(flags: Record<string, unknown>) {
  const all = { port: 0, config: join(scratchFolder(), 'config.json'), ...flags };
  const configFile = all.config;
  if (!('config' in flags)) write(configFile, {});
  const readConfigAgain = (): Config => readConfig(all, {});
  const config = readConfigAgain();
  const emulator = await openEmulator(config);
  const log = new TestLog();
  const unwatch = watch({ emulator, config, configFile, readConfigAgain, log: log as never });
  after(async () => {
    unwatch();
    await emulator.close();
  });
  const users = () => [...emulator.tenants.default.users.all()].map(({ userId }) => userId);
  return { emulator, log, users };
}

describe('a change of the fixtures is loaded if', () => {
  test('a file is renamed over another', async () => {
    const fixtures = scratchFolder();
    write(join(fixtures, 'users.json'), user('u1'));
    const { log, users } = await watched({ fixtures });
    write(join(fixtures, '.users.tmp'), user('u2'));
    renameSync(join(fixtures, '.users.tmp'), join(fixtures, 'users.json'));
    await log.until(reloaded);
    assert.deepEqual(users(), ['u2']);
  });

  test('the folder is deleted and made again', async () => {
    const fixtures = join(scratchFolder(), 'fixtures');
    mkdirSync(fixtures);
    write(join(fixtures, 'users.json'), user('u1'));
    const { log, users } = await watched({ fixtures });
    for (const id of ['u2', 'u3']) {
      rmSync(fixtures, { recursive: true });
      await log.until('the fixtures were not reloaded: ');
      assert.notDeepEqual(users(), [], 'the loaded fixtures stay');
      mkdirSync(fixtures);
      write(join(fixtures, 'users.json'), user(id));
      await log.until(reloaded);
      assert.deepEqual(users(), [id]);
    }
  });

  test('a Kubernetes volume swaps its link ..data', { skip: process.platform === 'win32' }, async () => {
    const fixtures = scratchFolder();
    const version = (name: string, id: string) => {
      mkdirSync(join(fixtures, name));
      write(join(fixtures, name, 'users.json'), user(id));
      symlinkSync(name, join(fixtures, '..data_tmp'));
      renameSync(join(fixtures, '..data_tmp'), join(fixtures, '..data'));
    };
    version('..v1', 'u1');
    symlinkSync('..data/users.json', join(fixtures, 'users.json'));
    const { log, users } = await watched({ fixtures });
    for (const [name, id] of [
      ['..v2', 'u2'],
      ['..v3', 'u3'],
    ] as const) {
      version(name, id);
      await log.until(reloaded);
      assert.deepEqual(users(), [id]);
    }
  });

  test('a file comes or goes, or a profile changes', async () => {
    const fixtures = scratchFolder();
    mkdirSync(join(fixtures, 'wallets'));
    write(join(fixtures, 'wallets', 'own.json'), { extends: 'platform-v2', title: 'Own' });
    const { emulator, log, users } = await watched({ fixtures, wallet: 'own' });
    write(join(fixtures, 'users.json'), user('u1'));
    await log.until(reloaded);
    assert.deepEqual(users(), ['u1']);
    unlinkSync(join(fixtures, 'users.json'));
    await log.until(reloaded);
    assert.ok(users().length > 1, 'the built-in users');
    write(join(fixtures, 'wallets', 'own.json'), { extends: 'platform-v2', title: 'New title' });
    await log.until(reloaded);
    assert.equal(emulator.tenants.default.profile.source.title, 'New title');
    write(join(fixtures, 'wallets', 'own.json'), { extends: 'platform-v2', firstUser: 'u7' });
    await log.until('own.json: firstUser: expected a user of users.json, got u7');
    unlinkSync(join(fixtures, 'wallets', 'own.json'));
    await log.until('the fixtures were not reloaded: unknown wallet "own": expected ');
    write(join(fixtures, 'users.json'), user('u2'));
    await log.until('the fixtures were not reloaded: ');
    assert.deepEqual(log.lines, [], 'one line for one problem');
  });
});

test('files that are invalid are reported, all problems at once, and the loaded ones stay', async () => {
  const fixtures = scratchFolder();
  write(join(fixtures, 'users.json'), user('u1'));
  const { log, users } = await watched({ fixtures });
  write(join(fixtures, 'clients.json'), [{}]);
  write(join(fixtures, 'users.json'), [{}]);
  await log.until('clients.json: clients[0].clientId: missing');
  assert.deepEqual(users(), ['u1']);
  rmSync(join(fixtures, 'clients.json'));
  await log.until('users.json: users[0].userId: missing');
  write(join(fixtures, 'users.json'), user('u2'));
  write(join(fixtures, 'user.json'), []);
  assert.match(await log.until('user.json'), /nothing reads this; did you mean users\.json\?/);
});

test('a profile that --wallet names by its path is watched, and the profile that it extends', async () => {
  const folder = scratchFolder();
  const [base, wallet] = [join(folder, 'base.json'), join(folder, 'mine.json')];
  write(base, { extends: 'platform-v2', title: 'Base' });
  write(wallet, { extends: base });
  const { emulator, log } = await watched({ wallet });
  assert.equal(emulator.tenants.default.profile.source.title, 'Base');
  write(base, { extends: 'platform-v2', title: 'New base' });
  await log.until(reloaded);
  assert.equal(emulator.tenants.default.profile.source.title, 'New base');
  write(wallet, { extends: base, title: 'Mine' });
  await log.until(reloaded);
  assert.equal(emulator.tenants.default.profile.source.title, 'Mine');
});

test('the configuration file: what can change is applied, and one line names the rest', async () => {
  const config = join(scratchFolder(), 'config.json');
  write(config, {});
  const { emulator, log } = await watched({ config });
  const askAsHost = async (host: string) =>
    (await emulator.app.inject({ url: '/_emulator/health', headers: { host } })).statusCode;
  assert.equal(await askAsHost('wallet.test'), 421);
  write(config, { wallet: 'superqi', logLevel: 'debug', allowHost: ['wallet.test'], port: 1, tlsPort: 5, showSecrets: true });
  assert.equal(await log.until('restart'), 'restart the emulator to apply tlsPort, showSecrets');
  await log.until(reloaded);
  assert.equal(emulator.tenants.default.profile.name, 'superqi');
  assert.equal(emulator.tenants.get('new').profile.name, 'superqi');
  assert.equal(log.level, 'debug');
  assert.equal(await askAsHost('wallet.test'), 200);
  write(config, { prot: 1 });
  await log.until('unknown field "prot"');
  assert.equal(emulator.tenants.default.profile.name, 'superqi');
});
