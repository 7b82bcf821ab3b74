import assert from 'node:assert/strict';
import { get, request } from 'node:https';
import { createServer, type LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { readyText } from '../cli/start.js';
import { configOf, makeCertificates } from '../testing/certificates.js';
import { DialectWorld, noon } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { aurora, emulatorForFile, faro, openTestEmulator } from '../testing/emulator.js';
import { Merchant, privateKey } from '../testing/merchant.js';
import { hostOfCertificate } from './certificate.js';

const { file, made, other, certFile, keyFile } = await makeCertificates();

/** Reads a URL as a client that trusts only this certificate. */
function read(url: string, ca: string, servername?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false, ...(servername && { servername }) }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve(text);
    }).on('error', reject);
  });
}

/** Calls an emulator by the name of its certificate, which leads to this machine. */
function readAs(name: string, url: string, path: string, ca: string, method: string, body: string): Promise<string> {
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    'client-id': aurora.clientId,
    'request-time': new Date().toISOString(),
  };
  return new Promise((resolve, reject) => {
    const lookup: LookupFunction = (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    request(`${url}${path}`, { method, ca, lookup, servername: name, agent: false, headers }, async (answer) =>
      resolve(await text(answer)),
    )
      .on('error', reject)
      .end(body);
  });
}

describe('HTTPS', () => {
  test('runs at the same time as HTTP, with the same tenants', async () => {
    const emulator = await emulatorForFile(configOf({ tlsCert: certFile, tlsKey: keyFile }));
    const { url, tlsUrl } = emulator;
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.match(tlsUrl as string, /^https:\/\/127\.0\.0\.1:\d+$/);
    const viaLocalhost = (tlsUrl as string).replace('127.0.0.1', 'localhost');
    for (const address of [tlsUrl as string, viaLocalhost]) {
      assert.equal(JSON.parse(await read(`${address}/_emulator/health`, made.cert)).status, 'ok');
      assert.match(await read(`${address}/my.js`, made.cert), new RegExp(address), 'it contains the address of the request');
    }
    await assert.rejects(read(`${tlsUrl}/`, other.cert), /self.signed|certificate/i);
    const merchant = new Merchant(url, faro.clientId, privateKey('demo-merchant-2.private.pem'));
    assert.equal((await merchant.call('/v2/users/inquiryUserInfo', { accessToken: 'none' })).code, 'INVALID_ACCESS_TOKEN');
  });

  test('can run without HTTP', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as { port: number };
    const emulator = await openTestEmulator(configOf({ tlsOnly: true, port }));
    assert.match(emulator.url, /^https:/);
    assert.equal(emulator.url, emulator.tlsUrl);
    await emulator.close();
    blocker.close();
  });

  test('a certificate for one name: every address has that name, and the name is allowed', async () => {
    const { default: selfsigned } = await import('selfsigned');
    const pem = await selfsigned.generate([{ name: 'commonName', value: 'wallet.example' }], {
      extensions: [
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: '*.wallet.example' },
            { type: 2, value: 'wallet.example' },
          ],
        },
      ],
    });
    const one = configOf({
      tlsOnly: true,
      tlsCert: file('one.pem', pem.cert),
      tlsKey: file('one.key.pem', pem.private),
    });
    const emulator = await emulatorForFile(one);
    const { url } = emulator;
    assert.match(url, /^https:\/\/wallet\.example:\d+$/);
    assert.match(
      readyText(emulator, one),
      new RegExp(`^billetera ready at ${url}\n[^]*playground +${url}/playground\n[^]*src="${url}/my.js"`),
    );
    const read = (path: string, method = 'GET', body = '') => readAs('wallet.example', url, path, pem.cert, method, body);
    assert.match(await read('/my.js'), new RegExp(url));
    emulator.reload({ allowHost: ['another.example'] });
    assert.equal(JSON.parse(await read('/_emulator/openapi.json')).servers[0].url, url);
    const prepared = JSON.parse(await read('/v1/authorizations/prepare', 'POST', JSON.stringify({ scopes: 'AGREEMENT_PAY' })));
    assert.ok(prepared.authUrl.startsWith(`${url}/`), JSON.stringify(prepared));
    assert.equal(hostOfCertificate(made, '127.0.0.1'), '127.0.0.1');
    assert.equal(hostOfCertificate(made, '192.168.1.7'), 'localhost');
  });

  test('a port in use is one line of error', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    after(() => blocker.close());
    const { port } = blocker.address() as { port: number };
    const pair = { tlsCert: certFile, tlsKey: keyFile };
    await assert.rejects(
      openTestEmulator(configOf({ ...pair, tlsPort: port })),
      new RegExp(`^Error: tlsPort ${port}: the port is in use`),
    );
    await assert.rejects(openTestEmulator(configOf({ ...pair, port })), new RegExp(`^Error: port ${port}: the port is in use`));
  });

  test('survives clients that speak no TLS or close early', async () => {
    const emulator = await emulatorForFile(configOf({ tlsCert: certFile, tlsKey: keyFile }));
    const plain = (emulator.tlsUrl as string).replace('https:', 'http:');
    await assert.rejects(fetch(plain));
    const socket = await dial(emulator.tlsUrl as string);
    socket.write('POST /v2/users/inquiryUserInfo HTTP/1.1\r\nContent-Length: 100\r\n');
    socket.destroy();
    assert.match(await send(emulator.tlsUrl as string, 'NONSENSE\r\n\r\n'), /^HTTP\/1\.1 400 /);
    assert.equal(JSON.parse(await read(`${emulator.tlsUrl}/_emulator/health`, made.cert)).status, 'ok');
  });
});

describe('HTTPS accepts what real clients send', async () => {
  const emulator = await emulatorForFile(configOf({ tlsCert: certFile, tlsKey: keyFile }));
  const path = '/ams/api/v1/authorizations/applyToken';
  const host = 'open-sea-global.alipay.com';
  const world = await DialectWorld.open(emulator, dialectOf('alipay-plus'));

  /** Sends raw bytes with a valid signature over the body. */
  const call = async ({
    target = path,
    body,
    lines = ['Content-Type: application/json; charset=UTF-8'],
  }: {
    target?: string;
    body?: string;
    lines?: string[];
  }) => {
    const sent = body ?? JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode: await world.code() });
    const merchant = new Merchant('', faro.clientId, privateKey('demo-merchant-2.private.pem'));
    const time = world.time(noon);
    const signature = merchant.signature(path, Buffer.from(sent), { time });
    const head = [
      `POST ${target} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: close',
      `Client-Id: ${faro.clientId}`,
      `Request-Time: ${time}`,
      `Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`,
      `X-Emulator-Tenant: ${world.tenant}`,
      `Content-Length: ${Buffer.byteLength(sent)}`,
      ...lines,
    ];
    const answer = await send(emulator.tlsUrl as string, `${head.join('\r\n')}\r\n\r\n${sent}`, host);
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
  };
  const code = async (how: Parameters<typeof call>[0]) => (await call(how)).result.resultCode;

  test('the host name of the real wallet', async () => {
    assert.equal(await code({}), 'SUCCESS');
  });

  test('the absolute form of the request target', async () => {
    assert.equal(await code({ target: `https://${host}${path}` }), 'SUCCESS');
    assert.equal(await code({ target: `https://${host}:443${path}?a=b` }), 'SUCCESS');
  });

  test('repeated headers, names in any case, an Accept without JSON, an empty Agent-Token', async () => {
    const lines = ['content-type: application/json; charset=UTF-8', 'Content-Type: application/json; charset=UTF-8'];
    assert.equal(await code({ lines }), 'SUCCESS');
    assert.equal(
      await code({ lines: ['CONTENT-TYPE: application/json', 'Accept: text/html, image/gif, */*; q=.2', 'Agent-Token:'] }),
      'SUCCESS',
    );
  });

  test('JSON that is escaped, pretty-printed, or has more fields', async () => {
    const body = async (write: (authCode: string) => string) => code({ body: write(await world.code()) });
    assert.equal(
      await body(
        (authCode) =>
          `{"grantType":"AUTHORIZATION_CODE","authCode":"${authCode}","extendInfo":"{\\"url\\":\\"https:\\/\\/x\\u003c\\"}"}`,
      ),
      'SUCCESS',
    );
    assert.equal(
      await body((authCode) => JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode, unknown: [null] }, null, 4)),
      'SUCCESS',
    );
    assert.equal(
      await body((authCode) =>
        JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode, extendInfo: { customerBelongsTo: 'SITE' } }),
      ),
      'SUCCESS',
    );
    assert.equal(await body((authCode) => `\ufeff{"grantType":"AUTHORIZATION_CODE","authCode":"${authCode}"}`), 'SUCCESS');
  });

  test('an authUrl leads to the emulator', async () => {
    const { authUrl } = (
      await world.call('/ams/api/v1/authorizations/consult', {
        ...{ customerBelongsTo: 'GCASH', authRedirectUrl: 'http://localhost:3000/callback', scopes: 'USER_LOGIN_ID' },
        ...{ authClientId: faro.clientId, authState: 's', terminalType: 'WEB' },
      })
    ).body;
    assert.equal((await fetch(authUrl)).status, 200);
    assert.match(await read(authUrl.replace(emulator.url, emulator.tlsUrl), made.cert), /data-testid="consent"/);
  });

  test('pages reject foreign host names', async () => {
    assert.match(
      await send(emulator.tlsUrl as string, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      /^HTTP\/1\.1 421 /,
    );
  });
});

function dial(url: string, servername?: string): Promise<TLSSocket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    // A real client uses a hosts file for the name, and trusts a certificate for it.
    const checked = servername === undefined ? {} : { servername, checkServerIdentity: () => undefined };
    const socket = connect({ host: hostname, port: Number(port), ca: made.cert, ...checked }, () => resolve(socket));
    socket.on('error', reject);
  });
}

async function send(url: string, bytes: string, servername?: string): Promise<string> {
  const socket = await dial(url, servername);
  const chunks: Buffer[] = [];
  socket.write(bytes);
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
