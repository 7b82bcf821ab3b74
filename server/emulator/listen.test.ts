import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTcpServer, connect as dialTcp, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { connect as dialTls } from 'node:tls';
import Fastify from 'fastify';
import { emulatorForFile, openTestEmulator } from '../testing/emulator.js';
import { certificateOf } from './certificate.js';
import { readConfig } from './config.js';
import { createServer } from './create-server.js';
import { addressesOf } from './listen.js';

const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
const hasIPv6 = interfaces.some(({ address }) => address === '::1');
const external = interfaces.find(({ internal, family }) => !internal && family === 'IPv4');

async function status(host: string, url: string): Promise<number> {
  const { port } = new URL(url);
  return (await fetch(`http://${host}:${port}/_emulator/health`)).status;
}

describe('--host localhost', () => {
  test('listens on both addresses of localhost', { skip: !hasIPv6 }, async () => {
    const { url } = await emulatorForFile({ host: 'localhost' });
    assert.match(url, /^http:\/\/localhost:\d+$/);
    assert.deepEqual([await status('127.0.0.1', url), await status('[::1]', url)], [200, 200]);
  });

  test('fails if the port is in use on one of them, and opens none', { skip: !hasIPv6 }, async () => {
    // Other tests listen on 127.0.0.1, so a port that is free there is taken for both, and then given back.
    const finder = createTcpServer().listen(0, '127.0.0.1');
    await once(finder, 'listening');
    const { port } = finder.address() as { port: number };
    const blocker = createTcpServer().listen(port, '::1');
    await once(blocker, 'listening');
    after(() => blocker.close());
    finder.close();
    await once(finder, 'close');
    await assert.rejects(openTestEmulator({ host: 'localhost', port }), {
      code: 'PORT_IN_USE',
      message: `port ${port}: the port is in use: another program, perhaps another billetera, listens on [::1]:${port}; stop it, or use another port; 0 takes a free one`,
    });
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`), 'it does not stay open on the other address');
  });

  test('is 127.0.0.1 alone on a machine without ::1', () => {
    const lo = [{ address: '127.0.0.1' }] as never;
    assert.deepEqual(addressesOf('localhost', { lo }), ['127.0.0.1']);
    assert.deepEqual(addressesOf('localhost', { lo: [{ address: '127.0.0.1' }, { address: '::1' }] as never }), [
      '127.0.0.1',
      '::1',
    ]);
    assert.deepEqual(addressesOf('::1', { lo }), ['::1']);
  });
});

test('--host :: answers on IPv4 too', { skip: !hasIPv6 }, async () => {
  const { url } = await emulatorForFile({ host: '::' });
  const hosts = ['127.0.0.1', '[::1]', ...(external === undefined ? [] : [external.address])];
  for (const host of hosts) assert.equal(await status(host, url), 200, host);
});

const certificate = await certificateOf(readConfig({ tls: true }, {}));
assert.ok(certificate);

describe('HTTPS answers as HTTP does', async () => {
  const { url, tlsUrl } = await emulatorForFile({ tls: true, tlsPort: 0 });
  const dial = (address: string): Socket => {
    const { hostname, port, protocol } = new URL(address);
    return protocol === 'https:'
      ? dialTls({ host: hostname, port: Number(port), rejectUnauthorized: false })
      : dialTcp(Number(port), hostname);
  };
  const send = (address: string, bytes: string): Promise<string> => {
    const socket = dial(address);
    socket.write(bytes);
    return text(socket);
  };
  /** Times and the address differ between any two answers. */
  const comparable = (answer: string) => answer.replaceAll(/^(date|.*-time): .*$/gim, '').replaceAll(/https?:\/\/[\d.:]+/g, '');

  const get = (path: string, ...lines: string[]) =>
    `${[`GET ${path} HTTP/1.1`, 'Host: localhost', ...lines].join('\r\n')}\r\n\r\n`;
  const requests: [name: string, bytes: string, answer: RegExp][] = [
    [
      'bytes that are not HTTP',
      'NONSENSE\r\n\r\n',
      /^HTTP\/1\.1 400 .*\{"error":"unreadable","message":"this is not an HTTP request"\}$/s,
    ],
    [
      'headers over the limit',
      get('/', `X-Long: ${'x'.repeat(20_000)}`),
      /^HTTP\/1\.1 431 .*\{"error":"too-large","message":"the headers are too large/s,
    ],
    [
      'a body over the limit',
      `POST /_emulator/reset HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 9999999\r\n\r\n`,
      /^HTTP\/1\.1 413 .*"error":"too-large"/s,
    ],
    ['a long id in the path', get(`/_emulator/journal/${'x'.repeat(400)}`, 'Connection: close'), /^HTTP\/1\.1 40\d /],
    ['a path that cannot be decoded', get('/%', 'Connection: close'), /^HTTP\/1\.1 \d+ /],
    [
      'another host name',
      get('/', 'Host: evil.example', 'Connection: close').replace('Host: localhost\r\n', ''),
      /^HTTP\/1\.1 421 /,
    ],
  ];
  for (const [name, bytes, expected] of requests) {
    test(name, async () => {
      const [plain, encrypted] = await Promise.all([send(url, bytes), send(tlsUrl as string, bytes)]);
      assert.match(plain, expected);
      assert.equal(comparable(encrypted), comparable(plain));
    });
  }

  test('connections stay open', async () => {
    const answers = [url, tlsUrl as string].map(async (address) => {
      const socket = dial(address);
      socket.write(get('/_emulator/health'));
      const [first] = await once(socket, 'data');
      socket.end(get('/_emulator/health', 'Connection: close'));
      return [/keep-alive: .*/i.exec(String(first))?.[0], /^HTTP\/1\.1 200 /.test(await text(socket))];
    });
    assert.deepEqual(await Promise.all(answers), [
      ['Keep-Alive: timeout=72', true],
      ['Keep-Alive: timeout=72', true],
    ]);
  });

  test('time-outs and limits', async () => {
    const app = Fastify();
    const limits = [createServer(app), createServer(app, certificate)].map(
      ({ keepAliveTimeout, requestTimeout, headersTimeout, timeout, maxHeadersCount, maxRequestsPerSocket }) => [
        ...[keepAliveTimeout, requestTimeout, headersTimeout],
        ...[timeout, maxHeadersCount, maxRequestsPerSocket ?? 0],
      ],
    );
    assert.deepEqual(limits[0]?.slice(0, 2), [72_000, 120_000]);
    assert.deepEqual(limits[1], limits[0]);
  });

  test('a request that takes too long', async () => {
    for (const server of [createServer(Fastify()), createServer(Fastify(), certificate)]) {
      const socket = new PassThrough();
      server.emit('clientError', Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
      assert.match(
        String(socket.read()),
        /^HTTP\/1\.1 408 .*\{"error":"not-in-time","message":"the request did not come within 120 s"\}$/s,
      );
      assert.ok(socket.destroyed);
    }
  });
});
