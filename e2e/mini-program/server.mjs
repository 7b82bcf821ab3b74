// @ts-check
/**
 * Serves the mini program on an origin of its own, with the addresses filled in that a merchant's build would fill in.
 *
 *   BRIDGE     the super app's script; http://127.0.0.1:4010/my.js
 *   APP_ID     3333010071465913000
 *   MERCHANT   the merchant's server
 *   PORT       0: a free one
 *
 * `/?bridge=…&appId=…&merchant=…` takes another for one page, so that one server does for tests that run side by side.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const { env } = process;

/** @type {Record<string, { file: string, type: string }>} */
const files = {
  '/': { file: 'index.html', type: 'text/html; charset=UTF-8' },
  '/app.js': { file: 'app.js', type: 'text/javascript; charset=UTF-8' },
  '/style.css': { file: 'style.css', type: 'text/css; charset=UTF-8' },
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://mini-program');
  const asked = Object.hasOwn(files, url.pathname) ? files[url.pathname] : undefined;
  if (!asked) {
    response.writeHead(404).end();
    return;
  }
  const text = await readFile(new URL(asked.file, import.meta.url), 'utf8');
  response.writeHead(200, { 'content-type': asked.type, 'cache-control': 'no-store' });
  response.end(asked.file === 'index.html' ? fill(text, url.searchParams) : text);
});

/**
 * @param {string} page
 * @param {URLSearchParams} query
 */
function fill(page, query) {
  /** @type {Record<string, string>} */
  const values = {
    BRIDGE: query.get('bridge') || env.BRIDGE || 'http://127.0.0.1:4010/my.js',
    APP_ID: query.get('appId') || env.APP_ID || '3333010071465913000',
    MERCHANT: query.get('merchant') || env.MERCHANT || '',
  };
  return page.replace(/\{\{(\w+)\}\}/g, (_, name) => attribute(values[name] ?? ''));
}

/** @param {string} value */
function attribute(value) {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

server.listen(Number(env.PORT || 0), '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`mini program ready at http://127.0.0.1:${port}`);
});
