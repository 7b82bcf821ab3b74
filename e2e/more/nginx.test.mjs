import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import selfsigned from 'selfsigned';
import { startEmulator } from '../../dist/bin/index.js';
import { logIn, newContext, openBrowser, usePages } from './browser-tour.mjs';
import { freePort } from './free-port.mjs';

/** The emulator behind nginx with TLS, under another host name and a base path, in Chromium. It needs nginx (Debian: nginx-light). */

const host = 'demo.example';
const scratch = mkdtempSync(join(tmpdir(), 'billetera-nginx-'));
const skip = spawnSync('nginx', ['-v']).error !== undefined && 'nginx is not installed';
let browser;

before(async () => {
  browser = skip ? undefined : await openBrowser();
  const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: host }], { keySize: 2048 });
  writeFileSync(join(scratch, 'cert.pem'), cert);
  writeFileSync(join(scratch, 'key.pem'), key);
});
after(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});

/**
 * Starts nginx in front of an emulator.
 * @param location the directives of the location, after proxy_pass
 */
async function startNginx(t, port, target, location) {
  const file = join(scratch, `nginx-${port}.conf`);
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${scratch}/${name};`);
  writeFileSync(
    file,
    `daemon off; pid ${scratch}/nginx-${port}.pid; error_log stderr notice;
events {}
http {
  access_log off; ${temp.join(' ')}
  server {
    listen 127.0.0.1:${port} ssl; server_name ${host};
    ssl_certificate ${scratch}/cert.pem; ssl_certificate_key ${scratch}/key.pem;
    location /wallet/ { proxy_pass ${target}/; ${location} }
  }
}`,
  );
  const nginx = spawn('nginx', ['-c', file, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(async () => {
    nginx.kill('SIGTERM');
    if (nginx.exitCode === null) await once(nginx, 'close');
  });
  for await (const line of nginx.stderr) {
    if (/start worker process/.test(String(line))) break;
    assert.doesNotMatch(String(line), /\[emerg\]/);
  }
}

describe('behind nginx with TLS and a base path', { skip }, () => {
  for (const [title, optionsFor, location] of [
    [
      '--trust-proxy, and nginx says how it was reached',
      () => ({ trustProxy: true }),
      'proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Prefix /wallet;',
    ],
    ['--public-url, and nginx says nothing', (base) => ({ publicUrl: base }), ''],
    ['--public-url, and nginx keeps the host', (base) => ({ publicUrl: base }), 'proxy_set_header Host $http_host;'],
  ]) {
    test(`${title}: consent, pages, playground, events and control API work`, { timeout: 120_000 }, async (t) => {
      const port = await freePort();
      const base = `https://${host}:${port}/wallet`;
      const wallet = await startEmulator({ port: 0, ...optionsFor(base) });

      t.after(() => wallet.close());
      await startNginx(t, port, wallet.url, location);
      const { context, problems } = await newContext(t, browser);
      await logIn(context, base, 'https://shop.example/');
      await usePages(context, base);
      assert.deepEqual(problems, []);
    });
  }

  test('without an option, the page’s getAuthCode says what to do', async (t) => {
    const port = await freePort();
    const wallet = await startEmulator({ port: 0 });

    t.after(() => wallet.close());
    await startNginx(t, port, wallet.url, 'proxy_set_header Host $http_host;');
    const { context, problems } = await newContext(t, browser);
    await context.route('https://shop.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>Shop</title><script src="https://${host}:${port}/wallet/my.js"></script>`,
      }),
    );
    const page = await context.newPage();
    await page.goto('https://shop.example/');
    const { errorMessage } = await page.evaluate(
      () => new Promise((success) => window.my.getAuthCode({ scopes: ['USER_ID'], success, fail: success })),
    );
    const advice = `host "${host}:${port}" is not allowed; use ${wallet.url}, or start with --allow-host ${host}`;
    assert.equal(errorMessage, advice);
    assert.ok(problems.some((text) => text.includes(advice)));
  });
});
