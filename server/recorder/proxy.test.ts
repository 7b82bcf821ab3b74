import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { RealPlatform } from '../testing/real-platform.js';
import { RecorderWorld, recordedCall } from '../testing/recorder-world.js';

const platform = await RealPlatform.start();
const { path } = recordedCall;

describe('a proxy', () => {
  /** A forward proxy. @param status with which it refuses tunnels; 200: it opens them */
  async function startProxy(status = 200) {
    const asked: string[] = [];
    const sockets = new Set<Socket>();
    const proxy = createServer((request: IncomingMessage, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization']} ${request.headers.host}`);
      response.writeHead(200, ['Content-Length', '12', 'X-By', 'proxy']).end('of the proxy');
    });
    proxy.on('connect', (request, client: Socket) => {
      asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization']}`);
      if (status !== 200) {
        client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 2\r\n\r\nno`);
        return;
      }
      const [host, port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(from);
        from.on('error', () => to.destroy()).pipe(to);
      }
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    after(() => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    });
    return { url: `http://user:p%40ss@127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
  }

  /** Runs a step with other variables. */
  async function withEnvironment(variables: Record<string, string>, step: () => Promise<void>): Promise<void> {
    const before = { ...process.env };
    Object.assign(process.env, variables);
    try {
      await step();
    } finally {
      process.env = before;
    }
  }

  const credentials = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;

  test('of the environment opens a tunnel to a platform over HTTPS, unless NO_PROXY names the host', async () => {
    const { url, asked } = await startProxy();
    const world = await RecorderWorld.open(platform);
    await withEnvironment({ HTTPS_PROXY: url, NO_PROXY: '' }, async () => {
      assert.match((await world.call()).body, /2810100000AbC9/);
      assert.deepEqual(asked, [`CONNECT ${new URL(platform.url).host} ${credentials}`]);
      process.env.NO_PROXY = 'localhost';
      assert.match((await world.call()).body, /2810100000AbC9/);
      assert.equal(asked.length, 1);
    });
  });

  test('that refuses the tunnel is named, without its password', async () => {
    const { url } = await startProxy(407);
    const world = await RecorderWorld.open(platform);
    await withEnvironment({ https_proxy: url, HTTPS_PROXY: url, NO_PROXY: '' }, async () => {
      const { result } = JSON.parse((await world.call()).body);
      assert.equal(
        result.resultMessage,
        'the proxy answered HTTP 407 instead of opening a connection: check HTTPS_PROXY and NO_PROXY',
      );
    });
  });

  test('gets the whole address of a platform over HTTP', async () => {
    const { url, asked } = await startProxy();
    const world = await RecorderWorld.open(platform, { to: 'http://sandbox.example' });
    await withEnvironment({ HTTP_PROXY: url, NO_PROXY: '' }, async () => {
      const answer = await world.call();
      assert.deepEqual([answer.body, answer.lines.includes('X-By: proxy')], ['of the proxy', true]);
      assert.deepEqual(asked, [`POST http://sandbox.example${path} ${credentials} sandbox.example`]);
      assert.equal((await world.entry()).reason, 'the platform answered HTTP 200');
    });
  });
});
