import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { startEmulator } from '../../dist/bin/index.js';
import { logIn, newContext, openBrowser, usePages } from './browser-tour.mjs';

/** The emulator behind another port, as `docker run -p 8080:4010` maps it, in Chromium and without configuration. */

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** Passes bytes on to a port, as the port mapping of a container engine does. @returns the new port */
async function mapPort(t, target) {
  const sockets = new Set();
  const server = createServer((from) => {
    const to = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [from, to],
      [to, from],
    ]) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server.address().port;
}

test('consent, pages, playground, events and control API work at the mapped port', { timeout: 120_000 }, async (t) => {
  const wallet = await startEmulator({ port: 0, host: '0.0.0.0' });
  t.after(() => wallet.close());
  const port = await mapPort(t, new URL(wallet.url).port);
  const { context, problems } = await newContext(t, browser);
  for (const host of ['localhost', '127.0.0.1']) {
    const base = `http://${host}:${port}`;
    await logIn(context, base, 'http://shop.localhost/');
    await usePages(context, base);
    const script = await (await fetch(`${base}/my.js`)).text();
    await wallet.reset();
    assert.ok(script.includes(base) && !script.includes(wallet.url), 'my.js has the address of the mapped port');
  }
  assert.deepEqual(problems, []);
});
