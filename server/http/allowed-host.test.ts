import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAllowedHost } from './allowed-host.js';

describe('an allowed host', () => {
  for (const [text, host] of [
    ['wallet.test', 'wallet.test'],
    ['Wallet.TEST', 'wallet.test'],
    ['wallet.test:5308', 'wallet.test'],
    ['http://wallet.test', 'wallet.test'],
    ['https://wallet.test:5308/', 'wallet.test'],
    ['192.168.1.7:80', '192.168.1.7'],
    ['fd00::2', 'fd00::2'],
    ['[fd00::2]:4010', 'fd00::2'],
    ['b\u00fccher.test', 'xn--bcher-kva.test'],
  ] as const) {
    test(`${text} is ${host}`, () => assert.equal(readAllowedHost(text), host));
  }

  for (const text of [
    '',
    ' ',
    'a b',
    'wallet.test/path',
    'https://wallet.test/path',
    'ftp://wallet.test',
    'wallet.test:port',
    'user@wallet.test',
    'wallet.test?x',
  ])
    test(`"${text}" is refused`, () =>
      assert.throws(() => readAllowedHost(text), { message: `expected a host name, such as wallet.test, got ${text}` }));

  for (const text of ['*', '*.wallet.test'])
    test(`"${text}" is refused, because there are no wildcards`, () =>
      assert.throws(
        () => readAllowedHost(text),
        /expected a whole host name, such as wallet\.test, because "\*" has no meaning here/,
      ));
});
