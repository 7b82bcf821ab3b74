import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { platformPublicKey } from '../testing/merchant.js';
import { readPrivateKey, readPublicKey } from './keys.js';
import { platformKey } from './platform-key.js';
import { signContent, verifyContent } from './rsa.js';

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'keys');
const text = (file: string) => readFileSync(join(folder, file), 'utf8');
const privatePem = text('demo-merchant.private.pem');
const publicPem = text('demo-merchant.public.pem');
const bare = (pem: string) => pem.replace(/-----.*-----|\s/g, '');
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = { type: 'spki', format: 'pem' } as const;

describe('a public key', () => {
  test('can be PEM or bare Base64, SPKI or PKCS #1, with any white space', () => {
    const key = createPublicKey(publicPem);
    const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }) as string;
    for (const form of [
      publicPem,
      `\n  ${publicPem}\n`,
      bare(publicPem),
      bare(publicPem).replace(/.{64}/g, '$&\r\n'),
      pkcs1,
      bare(pkcs1),
    ])
      assert.ok(readPublicKey(form).equals(key), form.slice(0, 40));
  });

  test('is rejected with a message that says what was expected', () => {
    for (const [form, expected] of [
      ['', /RSA public key: PEM, or bare Base64/],
      ['nonsense', /RSA public key/],
      ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /RSA public key/],
      [privatePem, /got a private key/],
      [small.publicKey.export(spki) as string, /at least 2048 bits, got 1024/],
      [elliptic.publicKey.export(spki) as string, /an RSA key, got ec/],
    ] as const) {
      assert.throws(() => readPublicKey(form), expected);
    }
  });
});

describe('a private key', () => {
  test('can be PEM or bare Base64, PKCS #8 or PKCS #1', () => {
    const key = readPrivateKey(privatePem);
    const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }) as string;
    for (const form of [bare(privatePem), pkcs1, bare(pkcs1)]) assert.ok(readPrivateKey(form).equals(key));
  });

  test('is rejected with a message that says what was expected', () => {
    for (const form of ['', 'nonsense', publicPem]) assert.throws(() => readPrivateKey(form), /RSA private key in PEM/);
    assert.throws(() => readPrivateKey(small.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string), /1024/);
  });
});

describe('a signature', () => {
  test('verifies only with the same content and key', async () => {
    const [key, content] = [readPrivateKey(privatePem), Buffer.from('content')];
    const signature = await signContent(content, key);
    assert.equal(signature.length, 256);
    assert.ok(verifyContent(content, signature, readPublicKey(publicPem)));
    assert.ok(!verifyContent(Buffer.from('Content'), signature, readPublicKey(publicPem)));
    assert.ok(!verifyContent(content, signature, platformPublicKey));
    for (const wrong of [Buffer.alloc(0), signature.subarray(1), Buffer.alloc(256), Buffer.alloc(1000, 255)])
      assert.ok(!verifyContent(content, wrong, readPublicKey(publicPem)));
  });
});

describe('the platform’s key', () => {
  test('is the built-in key by default', async () => {
    assert.ok(createPublicKey(await platformKey(undefined)).equals(platformPublicKey));
    assert.ok((await platformKey(join(folder, 'demo-merchant.private.pem'))).equals(readPrivateKey(privatePem)));
  });

  test('is a new key for `generate`', async () => {
    const [one, other] = await Promise.all([platformKey('generate'), platformKey('generate')]);
    assert.ok(!one.equals(other));
    assert.equal(one.asymmetricKeyDetails?.modulusLength, 2048);
  });

  test('that is invalid is rejected with one line', async () => {
    const scratch = scratchFolder();
    writeFileSync(join(scratch, 'bad.pem'), 'nonsense');
    for (const [file, expected] of [
      ['none.pem', /does not exist/],
      ['bad.pem', /expected an RSA private key/],
      ['.', /this is a folder, not a file/],
    ] as const) {
      await assert.rejects(platformKey(join(scratch, file)), (error: Error) => {
        assert.match(error.message, expected);
        return !error.message.includes('\n');
      });
    }
  });
});
