import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { textOf } from '../texts/text-error.js';
import { inLanguage } from '../texts/write-text.js';
import { sendRequest } from './send-request.js';

const compressed = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
const server = createServer(async (request, response) => {
  const [, name = ''] = request.url?.split('/') ?? [];
  if (name in compressed) {
    response.writeHead(200, { 'content-encoding': name }).end(compressed[name as keyof typeof compressed]('beans'));
    return;
  }
  if (name === 'broken') {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain');
    return;
  }
  if (name === 'cut') {
    response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
    return;
  }
  response.writeHead(name === 'empty' ? 204 : 418, {
    'content-encoding': name === 'empty' ? 'gzip' : 'identity',
    'set-cookie': ['a', 'b'],
  });
  if (name === 'empty') response.end();
  else response.end(JSON.stringify({ method: request.method, cup: request.headers.cup, body: await text(request) }));
});
await once(server.listen(0, '127.0.0.1'), 'listening');
after(() => server.close());
const { port } = server.address() as AddressInfo;
const base = `http://127.0.0.1:${port}`;

test('a request has its method, headers and body, and the response its status and headers', async () => {
  const { status, headers, body } = await sendRequest(`${base}/echo`, {
    method: 'PUT',
    headers: { Cup: 'large' },
    body: 'beans',
  });
  assert.equal(status, 418);
  assert.equal(headers['set-cookie'], 'a,b');
  assert.deepEqual(await json(body), { method: 'PUT', cup: 'large', body: 'beans' });
});

for (const name of Object.keys(compressed)) {
  test(`a response in ${name} is decompressed`, async () => {
    assert.equal(await text((await sendRequest(`${base}/${name}`)).body), 'beans');
  });
}

test('a response without a body is not decompressed', async () => {
  assert.equal(await text((await sendRequest(`${base}/empty`)).body), '');
  assert.equal(await text((await sendRequest(`${base}/gzip`, { method: 'HEAD' })).body), '');
});

test('a body that ends early or is not compressed rejects its reader', async () => {
  await assert.rejects(text((await sendRequest(`${base}/cut`)).body), { code: 'ECONNRESET' });
  await assert.rejects(text((await sendRequest(`${base}/broken`)).body), { code: 'Z_DATA_ERROR' });
});

test('without a response, the error has a message', async () => {
  const closed = createServer();
  await once(closed.listen(0), 'listening');
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  for (const host of ['127.0.0.1', 'localhost'])
    await assert.rejects(sendRequest(`http://${host}:${port}`), { message: /ECONNREFUSED/ });
  await assert.rejects(sendRequest('ftp://127.0.0.1'), { code: 'ERR_INVALID_PROTOCOL' });
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(sendRequest(base, { signal: stop.signal }), { message: 'the request was aborted' });
});

test('the other protocol at a port is told in Spanish too', async () => {
  const spanishProblem = async (url: string) =>
    sendRequest(url).then(
      () => '',
      (error: unknown) => inLanguage(textOf(error), 'es'),
    );
  assert.match(
    await spanishProblem(`https://127.0.0.1:${port}`),
    /^el puerto responde con HTTP, no con HTTPS \((EPROTO|ERR_SSL_\w+)\)$/,
  );
  const silent = createNetServer((socket) => socket.on('data', () => socket.end()));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  assert.equal(
    await spanishProblem(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`),
    'la conexión se cerró sin respuesta; quizá el puerto usa HTTPS (ECONNRESET)',
  );
  silent.close();
});
