import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { emulatorForFile, scratchFolder } from '../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const folder = scratchFolder();

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { env: { ...process.env, ...env } }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

/** Starts a server that is not an emulator. @returns its address */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const good = '{"consents":[]}';
const file = join(folder, 'good.json');
writeFileSync(file, good);
const request = join(folder, 'request.txt');
writeFileSync(request, 'POST /v2/users/inquiryUserInfo HTTP/1.1\nClient-Id: 202016726873874774774000\n\n{}');

/** All commands that call an emulator, with arguments. */
const commands = [
  ['snapshot', 'save', file],
  ['snapshot', 'load', file],
  ['report', 'save', file],
  ['journal'],
  ['journal', '--follow'],
  ['journal', '--har'],
  ['env'],
  ['flow'],
  ['sign', request],
  ['verify', request],
  ['health'],
];

describe('a server that is not an emulator is named as such, and nothing is written', () => {
  for (const [type, body, called] of [
    ['text/html', '<!doctype html><title>A shop</title>', commands],
    ['application/json', '{"entries":[],"message":"hello"}', commands.slice(0, 1)],
  ] as const)
    test(type, async () => {
      const url = await serve((_, response) => response.writeHead(200, { 'content-type': type }).end(body));
      for (const command of called) {
        const { status, out, err } = await run([...command, '--url', url]);
        assert.deepEqual([status, out], [1, ''], command.join(' '));
        assert.match(err, new RegExp(`^billetera: ${url} answers, but it is not a billetera: [^\\n]*\\n$`), command.join(' '));
        assert.equal(readFileSync(file, 'utf8'), good);
      }
    });
});

test('a server that accepts and never answers ends a command after 5 s', async () => {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const { status, err } of await Promise.all(['journal', 'health'].map((name) => run([name, '--url', url])))) {
    assert.equal(status, 1);
    assert.equal(err, `billetera: no emulator is running at ${url}: no answer within 5 s; start one with "billetera"\n`);
  }
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('a message about an address of BILLETERA_URL names the variable', async () => {
  const { url } = await emulatorForFile();
  const wrong = await run(['journal'], { BILLETERA_URL: 'nowhere' });
  assert.match(wrong.err, /^billetera: BILLETERA_URL=nowhere: expected the address of an emulator/);
  const closed = await run(['journal'], { BILLETERA_URL: 'http://127.0.0.1:9' });
  assert.match(
    closed.err,
    /^billetera: no emulator is running at http:\/\/127\.0\.0\.1:9: .*; the address is that of BILLETERA_URL: start one with "billetera", or change the variable\n$/,
  );
  assert.equal((await run(['journal', '--url', url], { BILLETERA_URL: 'nowhere' })).status, 0);
  const other = await run(['health'], { BILLETERA_PORT: '9', BILLETERA_URL: '' });
  assert.match(other.err, /:9: .*; start one with "billetera", or name another address with --url\n$/);
});

test('the wrong protocol is named', async () => {
  const { url } = await emulatorForFile();
  const secured = await run(['journal', '--url', url.replace('http:', 'https:')]);
  assert.match(secured.err, /: the port answers HTTP, not HTTPS; write the address with http:\/\/; /);
  const { url: tlsUrl, app } = await emulatorForFile({ tlsOnly: true, tlsPort: 0 });
  const untrusted = await run(['journal', '--url', tlsUrl]);
  assert.match(
    untrusted.err,
    new RegExp(`^billetera: ${tlsUrl}: the certificate is not trusted .*curl -k ${tlsUrl}/_emulator/tls\\.pem `),
  );
  const pem = join(folder, 'tls.pem');
  writeFileSync(pem, (await app.inject('/_emulator/tls.pem')).payload);
  assert.equal((await run(['journal', '--url', tlsUrl], { NODE_EXTRA_CA_CERTS: pem })).status, 0);
  const plain = await run(['journal', '--url', tlsUrl.replace('https:', 'http:')]);
  assert.match(
    plain.err,
    /: the connection was closed without an answer; if the port serves HTTPS, write the address with https:\/\/; /,
  );
});

test('a missing and a wrong control token name the flag and the variable', async () => {
  const { url } = await emulatorForFile({ controlToken: 'a-secret-of-the-team' });
  const advice = 'pass --control-token <secret>, or set BILLETERA_CONTROL_TOKEN, to the token that the emulator was started with';
  assert.equal((await run(['journal', '--url', url])).err, `billetera: the control token is missing: ${advice}\n`);
  const wrong = await run(['env', '--url', url, '--control-token', 'another-secret']);
  assert.equal(wrong.err, `billetera: the control token is wrong: ${advice}\n`);
});
