import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, newWorld } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';
import { body, codesOf, path, rightText, type Way } from '../testing/wrongly-signed.js';
import { inEnglish } from '../texts/write-text.js';

const emulator = await emulatorForFile();

describe('a wrong key', () => {
  const platform = privateKey('platform-development.private.pem');

  test('of another client is named, whatever it signed', async () => {
    for (const content of [rightText, () => 'something else']) {
      const world = newWorld(emulator);
      const way = { key: privateKey('demo-merchant.private.pem'), content };
      assert.deepEqual(await codesOf(emulator, world, way), ['wrong-key', 'wrong-key']);
      const [mistake] = world.tenant.journal.list({}, 1)[0]?.signature?.mistakes ?? [];
      const message = mistake ? inEnglish(mistake.message) : '';
      assert.ok(message.includes(aurora.clientId), message);
    }
  });

  test('of the platform: it signed, or it is registered', async () => {
    assert.deepEqual(await codesOf(emulator, newWorld(emulator), { key: platform }), ['platform-key', 'platform-key']);
    const world = newWorld(emulator);
    const publicKey = createPublicKey(platform).export({ type: 'spki', format: 'pem' }) as string;
    world.changeClient(faro.clientId, { publicKey });
    assert.deepEqual(await codesOf(emulator, world, {}), ['platform-key', 'platform-key']);
  });

  test('a signature that was cut is not a wrong key', async () => {
    const way: Way = { encoding: 'plain', value: (right) => right.slice(0, 320) };
    assert.deepEqual(await codesOf(emulator, newWorld(emulator), way), ['damaged-signature', 'damaged-signature']);
  });
});

describe('a placeholder in place of a signature', () => {
  const placeholders = [
    'algorithm=RSA256, keyVersion=1, signature=testing_signature',
    'algorithm=RSA256, keyVersion=1, signature=testing_signatur',
    'signature=test',
    'signature=<signature>',
    'signature={{signature}}',
    'signature=dummy',
    'testing_signature',
  ];

  test('is accepted from a client that may sign, and named so', async () => {
    for (const Signature of placeholders) {
      const world = newWorld(emulator);
      assert.equal((await world.aurora.call(path, body, { headers: { Signature } })).code, 'INVALID_ACCESS_TOKEN');
      assert.deepEqual(world.tenant.journal.list({}, 1)[0]?.findings, ['placeholder-signature'], Signature);
    }
  });

  test('is named so for a client without a key', async () => {
    const world = newWorld(emulator);
    world.tenant.put('client', aurora.clientId, { clientId: aurora.clientId, name: 'No key' });
    await world.aurora.call(path, body, { headers: { Signature: placeholders[0] } });
    assert.deepEqual(world.tenant.journal.list({}, 1)[0]?.findings, ['placeholder-signature']);
  });

  test('is refused from a client that must sign', async () => {
    const { code, message } = await newWorld(emulator).faro.call(path, body, { headers: { Signature: placeholders[0] } });
    assert.equal(code, 'INVALID_SIGNATURE');
    assert.match(message, /"testing_signature" is a placeholder/);
  });

  test('is not said of the signature of another algorithm', async () => {
    for (const bytes of [20, 32, 64]) {
      const way: Way = { value: () => Buffer.alloc(bytes, 0xa7).toString('base64') };
      assert.deepEqual(await codesOf(emulator, newWorld(emulator), way), ['wrong-key', 'wrong-key']);
    }
  });
});
