import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { openTestEmulator, scratchFolder } from '../testing/emulator.js';
import { type Config, readOptions } from './config.js';
import { EmulatorError } from './emulator-error.js';

const folder = scratchFolder();
const write = (name: string, text: string) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const file = write('file', 'text');
write('fixtures/users.json', '[{ "userId": "u1" }]');
write('first-user/wallets/own.json', '{ "extends": "gcash", "firstUser": "ana" }');
write('scenarios/scenarios.json', '[{ "when": { "operation": "noSuchOperation" }, "then": { "result": "x" } }]');

const blocker = createServer().listen(0, '127.0.0.1');
after(() => blocker.close());
await new Promise((resolve) => blocker.once('listening', resolve));
const { port } = blocker.address() as { port: number };

const causes: Record<string, [changes: Partial<Config>, code: string, message: RegExp]> = {
  'a port in use': [
    { port },
    'PORT_IN_USE',
    new RegExp(`^port ${port}: the port is in use: another program, perhaps another billetera, listens on 127`),
  ],
  'an HTTPS port in use': [{ tls: true, tlsPort: port }, 'PORT_IN_USE', new RegExp(`^tlsPort ${port}: the port is in use`)],
  'a foreign host': [{ host: '192.0.2.1' }, 'HOST_UNAVAILABLE', /^host 192\.0\.2\.1: expected an address of this machine/],
  'a missing key': [
    { platformKey: './nope.pem' },
    'PLATFORM_KEY_INVALID',
    /^platformKey \.\/nope\.pem: .*the file does not exist$/,
  ],
  'a key that is not a key': [{ platformKey: file }, 'PLATFORM_KEY_INVALID', /^platformKey .*file: expected an RSA private key/],
  'a missing certificate': [
    { tlsCert: './nope.pem', tlsKey: file },
    'CERTIFICATE_INVALID',
    /^tlsCert \.\/nope\.pem: expected a PEM/,
  ],
  'a data folder that is a file': [
    { data: file },
    'DATA_FOLDER_UNAVAILABLE',
    /^data .*file: expected a folder that can be written/,
  ],
  'a missing fixtures folder': [
    { fixtures: './nope' },
    'FIXTURES_INVALID',
    /^\.\/nope: it does not exist; expected a folder of fixtures$/,
  ],
  'an invalid fixture': [{ fixtures: join(folder, 'fixtures') }, 'FIXTURES_INVALID', /users\.json: users\[0\]\.name: missing/],
  'an invalid scenario': [
    { fixtures: join(folder, 'scenarios') },
    'FIXTURES_INVALID',
    /scenarios\.json: scenarios\[0\]\.when\.operation: expected \*, or/,
  ],
  'an unknown first user': [
    { fixtures: join(folder, 'first-user'), wallet: 'own' },
    'PROFILE_INVALID',
    /own\.json: firstUser: expected a user of users\.json, got ana$/,
  ],
  'an unknown wallet': [{ wallet: 'gcsh' }, 'PROFILE_INVALID', /^unknown wallet "gcsh": expected gcash, or another of /],
};

describe('a start that fails rejects with a code and a cause, in one line without flags', () => {
  for (const [name, [changes, code, message]] of Object.entries(causes)) {
    test(name, async () => {
      await assert.rejects(openTestEmulator(changes), (error) => {
        assert.ok(error instanceof EmulatorError);
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /\n|--[a-z]/);
        assert.ok(error.cause instanceof Error);
        return true;
      });
    });
  }

  test('a failed start releases its ports', async () => {
    const options = { tls: true, tlsPort: 0, port };
    await assert.rejects(openTestEmulator(options), { code: 'PORT_IN_USE' });
    const emulator = await openTestEmulator({ ...options, port: 0 });
    await emulator.close();
  });
});

test('an option that is invalid has a code and its name in code', () => {
  for (const [options, message] of [
    [{ prot: 0 }, /^unknown field "prot"; allowed: port, host, /],
    [{ port: '4010' }, /^port "4010": expected a whole number/],
    [{ logLevel: 'loud' }, /^logLevel "loud": expected one of trace, /],
    [{ constructor: 1 }, /^unknown field "constructor"; /],
  ] as const) {
    assert.throws(
      () => readOptions(options),
      (error) => error instanceof EmulatorError && error.code === 'OPTION_INVALID' && message.test(error.message),
      String(message),
    );
  }
});
