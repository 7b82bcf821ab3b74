import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from '@playwright/test';
import selfsigned from 'selfsigned';
import { startEmulator } from '../../dist/bin/index.js';

/** The emulator behind nginx with TLS, under another host name and a base path, in Chromium. It needs nginx (Debian: nginx-light). */

const host = 'demo.example';
const scratch = mkdtempSync(join(tmpdir(), 'billetera-nginx-'));
const skip = spawnSync('nginx', ['-v']).error !== undefined && 'nginx is not installed';
let browser;

before(async () => {
  const executablePath = process.env.BILLETERA_BROWSER || undefined;
  browser = skip ? undefined : await chromium.launch({ executablePath, args: [`--host-resolver-rules=MAP *.example 127.0.0.1`] });
  const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: host }], { keySize: 2048 });
  writeFileSync(join(scratch, 'cert.pem'), cert);
  writeFileSync(join(scratch, 'key.pem'), key);
});
after(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

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

/** Opens pages of the browser, and collects what fails in them. */
async function newContext(t) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  await context.grantPermissions(['local-network-access']).catch(() => {});
  t.after(() => context.close());
  const problems = [];
  context.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  context.on('requestfailed', (request) => {
    const { errorText } = request.failure();
    // A page that is left ends what it still loads.
    if (errorText !== 'net::ERR_ABORTED') problems.push(`${request.url()} ${errorText}`);
  });
  return { context, problems };
}

/** A user logs in to a shop on another host: the shop's page asks, the sheet shows, and the user agrees. */
async function logIn(context, base) {
  await context.route('https://shop.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Shop</title><script src="${base}/my.js"></script>` }),
  );
  const page = await context.newPage();
  await page.goto('https://shop.example/');
  const result = page.evaluate(
    () => new Promise((success, fail) => window.my.getAuthCode({ scopes: ['USER_NAME', 'USER_AVATAR'], success, fail })),
  );
  await page.frameLocator('iframe').getByTestId('consent-allow').click();
  const { authCode, authSuccessScopes } = await result;
  assert.deepEqual(authSuccessScopes, ['USER_NAME', 'USER_AVATAR']);
  assert.ok(authCode);
  await page.close();
}

/** A tester opens the pages, changes something by a form, and sees a call as it comes. */
async function usePages(context, base) {
  const page = await context.newPage();
  await page.goto(`${base}/`);
  assert.equal(await page.evaluate(() => document.styleSheets[0]?.cssRules.length > 0), true, 'it has its style');
  await page.locator('nav a[href$="/scenarios"]').first().click();
  const card = page.getByTestId('scenario').first();
  await card.getByTestId('scenario-switch').click();
  await card.getByTestId('scenario-switch').and(page.locator('[aria-checked="true"]')).waitFor();
  assert.match(page.url(), /\/wallet\/scenarios/);
  const count = await page.evaluate(async (url) => {
    const { scenarios } = await (await fetch(url)).json();
    await fetch(url, { method: 'DELETE' });
    return scenarios.length;
  }, `${base}/_emulator/scenarios`);
  assert.equal(count, 1);

  const event = await page.evaluate(async (api) => {
    const events = new EventSource(`${api}/journal/stream`);
    const came = new Promise((resolve) => {
      for (const type of ['message', 'entry']) events.addEventListener(type, ({ data }) => resolve(JSON.parse(data).operation));
    });
    await new Promise((resolve) => events.addEventListener('open', resolve));
    const headers = { 'content-type': 'application/json' };
    await (await fetch(`${api}/clock/advance`, { method: 'POST', headers, body: '{"by":"PT1S"}' })).text();
    const operation = await came;
    events.close();
    return operation;
  }, `${base}/_emulator`);
  assert.ok(event, 'nginx passes an event on at once');

  await page.goto(`${base}/playground`);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await frame.waitForFunction(() => window.my !== undefined);
  assert.ok(frame.url().startsWith(`${base}/playground/`), frame.url());
  const { origin } = new URL(base);
  for (const src of await frame.evaluate(() => Array.from(document.scripts, ({ src }) => src)))
    assert.ok(src.startsWith(`${origin}/wallet/`), src);
  await page.close();
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
      const { context, problems } = await newContext(t);
      await logIn(context, base);
      await usePages(context, base);
      assert.deepEqual(problems, []);
    });
  }

  test('without an option, the page’s getAuthCode says what to do', async (t) => {
    const port = await freePort();
    const wallet = await startEmulator({ port: 0 });

    t.after(() => wallet.close());
    await startNginx(t, port, wallet.url, 'proxy_set_header Host $http_host;');
    const { context, problems } = await newContext(t);
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
