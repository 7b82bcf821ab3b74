// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits

import assert from 'node:assert/strict';
import { connect as connectTcp, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { Then } from '../scenarios/schema.js';
import { aurora, auroraKey, emulatorForFile, World } from '../testing/emulator.js';
import { Merchant } from '../testing/merchant.js';

const emulator = await emulatorForFile({ tls: true, tlsPort: 0 });
const tenant = emulator.tenants.get('same');
const world = new World(emulator.url, tenant);
tenant.clock.set(Date.parse('2026-05-01T12:00:00Z'));
tenant.clock.freeze();
const { accessToken } = await world.tokens();
const userInfo = '/v2/users/inquiryUserInfo';

/** A connection as its client sees it: the bytes, and the end. */
interface Seen {
  bytes: string;
  /** `end`, or the code of an error. */
  ended: string;
}

/**
 * Sends parts, each after something came back for the one before.
 * @param isEnough ends a connection that the emulator leaves open
 * @param isOver ends it at this time
 */
function exchange(
  url: string,
  parts: readonly string[],
  isEnough = (_bytes: string) => false,
  isOver?: Promise<void>,
): Promise<Seen> {
  const { protocol, hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let bytes = '';
    let ended = 'end';
    const left = [...parts];
    const sendNext = () => socket.write(left.shift() ?? '', 'latin1');
    const socket: Socket =
      protocol === 'https:'
        ? connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false }, sendNext)
        : connectTcp(Number(port), hostname, sendNext);
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      bytes += text;
      if (left.length > 0) sendNext();
      else if (isEnough(bytes)) socket.destroy();
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      ended = code ?? 'error';
    });
    socket.on('close', () => resolve({ bytes, ended }));
    void isOver?.then(() => socket.destroy());
  });
}

/** The head and the body without what must differ: the address, the time and, as the address is in the body, its length. */
function comparable({ bytes, ended }: Seen): Seen {
  const isWithAddress = /https?:\/\/(127\.0\.0\.1|localhost)/.test(bytes);
  const same = bytes
    .replaceAll(/https?:\/\/(127\.0\.0\.1:\d+|localhost)/g, '<address>')
    .replaceAll(isWithAddress ? /^(date|etag|content-length): .*/gim : /^date: .*/gim, '$1: <it>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uuid>');
  return { bytes: same, ended };
}

const common = ['Host: localhost', 'X-Emulator-Tenant: same'];
const get = (path: string, ...lines: string[]) =>
  [`GET ${path} HTTP/1.1`, ...common, 'Connection: close', ...lines, '', ''].join('\r\n');

/** A signed call. */
function post(path: string, body: string, lines: readonly string[] = ['Connection: close'], sent = body): string {
  const time = '2026-05-01T12:00:00+00:00';
  const merchant = new Merchant('', aurora.clientId, auroraKey);
  const signature = merchant.signature(path.replace(/^\w+:\/\/[^/]+/, ''), Buffer.from(body), { time, encoding: 'percent' });
  const head = [
    ...[`POST ${path} HTTP/1.1`, ...common, 'Content-Type: application/json; charset=UTF-8', `Content-Length: ${body.length}`],
    ...[`Client-Id: ${aurora.clientId}`, `Request-Time: ${time}`],
    `Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`,
  ];
  return [...head, ...lines, '', sent].join('\r\n');
}

const read = JSON.stringify({ accessToken });
const large = JSON.stringify({ accessToken, more: 'x'.repeat(900_000) });
const tooLarge = JSON.stringify({ accessToken, more: 'x'.repeat(1_100_000) });

/** The parts of each exchange, and what a scenario does to it. */
const cases: Record<string, { parts: string[]; then?: Then }> = {
  'a signed call': { parts: [post(userInfo, read)] },
  'a call with a wrong signature': { parts: [post(userInfo, read).replace('signature=', 'signature=AAAA')] },
  'a call with an absolute target': { parts: [post(`http://open.example${userInfo}`, read)] },
  'a large body': { parts: [post(userInfo, large)] },
  'a body that is too large': { parts: [post(userInfo, tooLarge)] },
  'Expect: 100-continue': { parts: [post(userInfo, read, ['Connection: close', 'Expect: 100-continue'], ''), read] },
  'two calls on one connection': { parts: [post(userInfo, read, []), post(userInfo, read)] },
  'two calls at once': { parts: [post(userInfo, read, []) + post(userInfo, read)] },
  'a GET of an operation': { parts: [get(userInfo)] },
  'an unknown path': { parts: [post('/v2/nothing', read)] },
  'a path with a bad %': { parts: [get('/a%zz')] },
  'an unknown page': { parts: [get('/nothing', 'Accept: text/html')] },
  'a page': { parts: [get('/scenarios', 'Accept: text/html')] },
  'my.js': { parts: [get('/my.js')] },
  'the control API': { parts: [get('/_emulator/settings')] },
  HEAD: { parts: [get('/_emulator/health').replace('GET', 'HEAD')] },
  OPTIONS: {
    parts: [
      get('/wallet/jsapi', 'Origin: http://localhost:3000', 'Access-Control-Request-Method: POST').replace('GET', 'OPTIONS'),
    ],
  },
  'a foreign host': { parts: [get('/').replace('Host: localhost', 'Host: evil.example')] },
  'no host': { parts: [get('/').replace('Host: localhost\r\n', '')] },
  'no HTTP': { parts: ['NONSENSE\r\n\r\n'] },
  'a wrong length': { parts: [get('/').replace('\r\n\r\n', '\r\nContent-Length: -1\r\n\r\n')] },
  'two lengths': { parts: [get('/').replace('\r\n\r\n', '\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n')] },
  'a wrong chunk': {
    parts: [get('/').replace('GET', 'POST').replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')],
  },
  'headers that are too large': { parts: [get('/', `X: ${'x'.repeat(20_000)}`)] },
  'a raw answer': { parts: [post(userInfo, read)], then: { status: 503, body: 'busy' } },
  garbage: { parts: [post(userInfo, read)], then: { fault: 'garbage' } },
  'no signature': { parts: [post(userInfo, read)], then: { fault: 'no-signature' } },
  'half an answer': { parts: [post(userInfo, read)], then: { fault: 'truncate' } },
  'a reset': { parts: [post(userInfo, read)], then: { fault: 'reset' } },
};

const urls = [emulator.url, emulator.tlsUrl as string];

describe('HTTPS and HTTP behave the same:', () => {
  for (const [name, { parts, then }] of Object.entries(cases))
    test(name, async () => {
      const seen: Seen[] = [];
      for (const url of urls) {
        if (then !== undefined) tenant.scenarios.add({ then, times: 1 });
        seen.push(comparable(await exchange(url, parts)));
      }
      assert.deepEqual(seen[1], seen[0]);
      if (then?.fault === 'reset') assert.deepEqual(seen[0], { bytes: '', ended: 'ECONNRESET' });
      else assert.match(seen[0]?.bytes ?? '', /^HTTP\/1\.1 /);
    });

  test('a stream', async () => {
    const open = new Set<string>();
    const heard = urls.map((url) =>
      exchange(url, [get('/_emulator/journal/stream')], (bytes) => {
        open.add(url);
        if (open.size === urls.length) bothOpen();
        return bytes.includes('data: ');
      }),
    );
    let bothOpen = () => {};
    await new Promise<void>((resolve) => (bothOpen = resolve));
    await world.userInfo(accessToken);
    const [one, other] = (await Promise.all(heard)).map(comparable);
    assert.deepEqual(one, other);
    assert.match(one?.bytes ?? '', /"operation":"inquiryUserInfo"/);
  });

  test('a call that hangs gets nothing until its client ends it', async () => {
    for (const url of urls) {
      const scenario = tenant.scenarios.add({ then: { fault: 'hang' }, times: 1 });
      const hasHung = async () => {
        while (scenario?.hits !== 1) await nextTurn();
      };
      assert.deepEqual(await exchange(url, [post(userInfo, read)], () => false, hasHung()), { bytes: '', ended: 'end' });
    }
  });
});
