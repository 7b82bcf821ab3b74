import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FastifyRequest } from 'fastify';
import { type AddressOptions, PublicAddress, readPublicUrl } from './public-address.js';

const listeningUrl = () => 'http://127.0.0.1:4010';
const addressWith = (options: Partial<AddressOptions> = {}) =>
  new PublicAddress({ publicUrl: undefined, trustProxy: false, ownHosts: new Set(['wallet.test']), listeningUrl, ...options });
const requestWith = (headers: Record<string, string | string[]>) =>
  ({ headers, raw: { socket: {} } }) as unknown as FastifyRequest;
/** The address in the answer to a call with these headers. */
const answered = (address: PublicAddress, headers: Record<string, string | string[]>) =>
  address.answerTo(address.of(requestWith(headers)));

describe('without options, an answer has the address by which the call came', () => {
  const address = addressWith();
  for (const host of [
    'localhost:8080',
    '127.0.0.1:4010',
    '[::1]:80',
    'billetera:4010',
    'billetera',
    'host.docker.internal:8080',
    'a.localhost',
    '192.168.1.7:8080',
    'wallet.test',
    'WALLET.test:1',
  ])
    test(host, () => assert.equal(answered(address, { host }), `http://${host}`));

  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'user@localhost',
    'a b',
    '',
    'localhost/x',
  ])
    test(`"${host}" is not ours: the listening address`, () => {
      assert.equal(answered(address, { host }), listeningUrl());
      assert.equal(address.of(requestWith({ host })).isOurs, false);
    });

  test('a proxy is not believed', () => {
    const headers = { 'x-forwarded-host': 'demo.example', 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/wallet' };
    assert.equal(answered(address, { host: 'localhost:4010', ...headers }), 'http://localhost:4010');
  });
});

describe('with trustProxy, an answer has the address that the proxy tells', () => {
  const address = addressWith({ trustProxy: true });
  const host = '127.0.0.1:4010';
  for (const [title, headers, expected] of [
    [
      'scheme, host and prefix',
      { proto: 'https', host: 'demo.example:8443', prefix: '/wallet/' },
      'https://demo.example:8443/wallet',
    ],
    ['only the scheme', { proto: 'https' }, `https://${host}`],
    ['the values of several proxies', { proto: 'https, http', host: 'a.example, b', prefix: '/a, /b' }, 'https://a.example/a/b'],
    ['an unknown scheme', { proto: 'javascript' }, `http://${host}`],
    ['a host that is none', { host: 'a/b"', proto: 'https' }, `https://${host}`],
    ['a prefix that is none', { prefix: '//evil.example' }, `http://${host}`],
    ['a prefix with markup', { prefix: '/"><script>' }, `http://${host}`],
    ['nothing', {}, `http://${host}`],
  ] as const) {
    test(title, () => {
      const forwarded = Object.entries(headers).map(([name, value]) => [`x-forwarded-${name}`, value]);
      assert.equal(answered(address, { host, ...Object.fromEntries(forwarded) }), expected);
    });
  }

  test('the host that the proxy tells is allowed; a host without a proxy is checked as ever', () => {
    const isOurs = (headers: Record<string, string>) => address.of(requestWith(headers)).isOurs;
    assert.equal(isOurs({ host: 'demo.example', 'x-forwarded-proto': 'https' }), true);
    assert.equal(isOurs({ host, 'x-forwarded-host': 'demo.example' }), true);
    assert.equal(isOurs({ host: 'demo.example' }), false);
  });
});

describe('with publicUrl', () => {
  const publicUrl = 'https://demo.example/wallet';
  const address = addressWith({ publicUrl, trustProxy: true });

  test('every answer has it, and the pages have its path', () => {
    for (const host of ['127.0.0.1:4010', 'demo.example', 'evil.example']) {
      assert.equal(answered(address, { host, 'x-forwarded-prefix': '/other' }), publicUrl);
      assert.equal(address.of(requestWith({ host })).basePath, '/wallet');
    }
    assert.equal(address.default, publicUrl);
    assert.equal(addressWith().default, listeningUrl());
  });

  test('its origin is the emulator’s, beside the one by which the call came', () => {
    const call = address.of(requestWith({ host: '127.0.0.1:4010' }));
    assert.equal(address.isOwnOrigin('https://demo.example', call), true);
    assert.equal(address.isOwnOrigin('http://127.0.0.1:4010', call), true);
    assert.equal(address.isOwnOrigin('http://demo.example', call), false);
  });

  test('browsers use HTTPS', () => {
    assert.equal(address.of(requestWith({ host: 'localhost' })).isSecure, true);
    assert.equal(addressWith().of(requestWith({ host: 'localhost' })).isSecure, false);
  });

  for (const [text, url] of [
    ['https://demo.example', 'https://demo.example'],
    ['https://Demo.example:443/', 'https://demo.example'],
    ['http://localhost:8080/a/b/', 'http://localhost:8080/a/b'],
  ] as const)
    test(`${text} is read as ${url}`, () => assert.equal(readPublicUrl(text), url));

  for (const text of [
    'demo.example',
    'ftp://demo.example',
    'https://demo.example/?a',
    'https://demo.example/#a',
    'https://a:b@c.d',
    '/w',
  ])
    test(`${text} is refused`, () =>
      assert.throws(() => readPublicUrl(text), {
        message: 'expected an http or https address, such as https://demo.example/wallet',
      }));
});
