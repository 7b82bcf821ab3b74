// @ts-check
/**
 * Serves the mini program on its own origin. It fills in the addresses, as a merchant's build would.
 *
 *   BRIDGE     the super app's script; default http://127.0.0.1:4010/my.js
 *   APP_ID     default 3333010071465913000
 *   MERCHANT   the address of the merchant's server
 *   PORT       default 0, which takes a free port
 *   HOST       the address to listen on; default 127.0.0.1
 *
 * `/?bridge=…&appId=…&merchant=…` sets them for one page, so tests that run side by side can share one server.
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

server.listen(Number(env.PORT || 0), env.HOST || '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`mini program ready at http://127.0.0.1:${port}`);
});
