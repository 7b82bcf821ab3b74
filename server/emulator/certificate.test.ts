import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { configOf, makeCertificates } from '../testing/certificates.js';
import { emulatorForFile, openTestEmulator, scratchFolder } from '../testing/emulator.js';
import { certificateOf } from './certificate.js';
import type { Config } from './config.js';

const { folder, file, made, other, certFile, keyFile, otherKeyFile } = await makeCertificates();

describe('the certificate', () => {
  test('that is generated is valid for this machine and the allowed hosts', async () => {
    const { subjectAltName = '', validTo, validFrom, ca } = new X509Certificate(made.cert);
    assert.equal(subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    assert.equal(ca, false);
    const days = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
    assert.ok(days > 300 && days <= 398, 'browsers reject longer ones');
    const named = await certificateOf(configOf({ tlsOnly: true, allowHost: ['wallet.example', '192.168.1.7'] }));
    assert.match(
      new X509Certificate(named?.cert as string).subjectAltName ?? '',
      /DNS:wallet\.example, IP Address:192\.168\.1\.7$/,
    );
    assert.notEqual(made.key, other.key);
  });

  test('that is generated stays the same with a folder for state, until it lacks a name', async () => {
    const data = join(scratchFolder(), 'state');
    const [first, again] = [
      await certificateOf(configOf({ tls: true, data })),
      await certificateOf(configOf({ tls: true, data })),
    ];
    assert.deepEqual(again, first);
    const file = join(data, 'certificate.json');
    assert.equal(statSync(file).mode & 0o077, 0, 'only the owner can read the private key');
    const named = await certificateOf(configOf({ tls: true, data, allowHost: ['wallet.example'] }));
    assert.notEqual(named?.cert, first?.cert);
    assert.deepEqual(await certificateOf(configOf({ tls: true, data })), named);
    writeFileSync(file, '{"cert":"damaged"}');
    assert.match((await certificateOf(configOf({ tls: true, data })))?.cert ?? '', /BEGIN CERTIFICATE/);
  });

  test('is at /_emulator/tls.pem, also for those who have no control token', async () => {
    const { app } = await emulatorForFile({
      tlsCert: certFile,
      tlsKey: keyFile,
      tlsPort: 0,
      controlToken: 'a-secret-of-the-team',
    });
    assert.equal((await app.inject('/_emulator/tls.pem')).payload, made.cert);
    const off = await (await emulatorForFile()).app.inject('/_emulator/tls.pem');
    assert.deepEqual([off.statusCode, off.json().message], [404, 'HTTPS is off; start with --tls']);
  });

  test('is undefined if HTTPS is off', async () => {
    assert.equal(await certificateOf(configOf({})), undefined);
  });

  test('that is configured is used unchanged', async () => {
    assert.deepEqual(await certificateOf(configOf({ tlsCert: certFile, tlsKey: keyFile })), made);
  });

  const wrong: [string, Partial<Config>, RegExp][] = [
    [
      'the key of another certificate',
      { tlsCert: certFile, tlsKey: otherKeyFile },
      /^tlsCert .*cert\.pem: expected a PEM certificate that belongs to the private key .*other\.pem/,
    ],
    ['no key', { tlsCert: certFile }, /^tlsKey: missing; expected the private key/],
    ['no certificate', { tlsKey: keyFile }, /^tlsCert: missing; expected the certificate/],
    [
      'no such file',
      { tlsCert: join(folder, 'none.pem'), tlsKey: keyFile },
      /^tlsCert .*none\.pem: expected a PEM file \(the file does not exist\)/,
    ],
    ['no PEM', { tlsCert: file('text.pem', 'hello'), tlsKey: keyFile }, /^tlsCert .*text\.pem: expected a PEM certificate/],
    ['a folder', { tlsCert: certFile, tlsKey: folder }, /^tlsKey .*: expected a PEM file \(this is a folder, not a file\)/],
  ];
  for (const [name, changes, message] of wrong) {
    test(`${name}: one line of error`, async () => {
      const error = await openTestEmulator(configOf(changes)).then(
        () => assert.fail('it opened'),
        (refused: Error) => refused,
      );
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
    });
  }
});
