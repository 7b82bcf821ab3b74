import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { get, request } from 'node:https';
import { createServer, type LookupFunction } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { readyText } from '../cli/start.js';
import { DialectWorld, noon } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { aurora, emulatorForFile, faro, openTestEmulator, scratchFolder } from '../testing/emulator.js';
import { Merchant, privateKey } from '../testing/merchant.js';
import { certificateOf, hostOfCertificate } from './certificate.js';
import { type Config, readConfig } from './config.js';

const folder = scratchFolder();
const config = (changes: Partial<Config>): Config => ({ ...readConfig({ port: 0 }, {}), tlsPort: 0, ...changes });
const made = await certificateOf(config({ tls: true }));
const other = await certificateOf(config({ tls: true }));
assert.ok(made && other);
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const [certFile, keyFile, otherKeyFile] = [file('cert.pem', made.cert), file('key.pem', made.key), file('other.pem', other.key)];

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

describe('the certificate', () => {
  test('that is generated is valid for this machine and the allowed hosts', async () => {
    const { subjectAltName = '', validTo, validFrom, ca } = new X509Certificate(made.cert);
    assert.equal(subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    assert.equal(ca, false);
    const days = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
    assert.ok(days > 300 && days <= 398, 'browsers reject longer ones');
    const named = await certificateOf(config({ tlsOnly: true, allowHost: ['wallet.example', '192.168.1.7'] }));
    assert.match(
      new X509Certificate(named?.cert as string).subjectAltName ?? '',
      /DNS:wallet\.example, IP Address:192\.168\.1\.7$/,
    );
    assert.notEqual(made.key, other.key);
  });

  test('that is generated stays the same with a folder for state, until it lacks a name', async () => {
    const data = join(scratchFolder(), 'state');
    const [first, again] = [await certificateOf(config({ tls: true, data })), await certificateOf(config({ tls: true, data }))];
    assert.deepEqual(again, first);
    const file = join(data, 'certificate.json');
    assert.equal(statSync(file).mode & 0o077, 0, 'only the owner can read the private key');
    const named = await certificateOf(config({ tls: true, data, allowHost: ['wallet.example'] }));
    assert.notEqual(named?.cert, first?.cert);
    assert.deepEqual(await certificateOf(config({ tls: true, data })), named);
    writeFileSync(file, '{"cert":"damaged"}');
    assert.match((await certificateOf(config({ tls: true, data })))?.cert ?? '', /BEGIN CERTIFICATE/);
  });

  test('is at /_emulator/tls.pem, also for those who have no control token', async () => {
    const { app } = await emulatorForFile({
      tlsCert: certFile,
      tlsKey: keyFile,
      tlsPort: 0,
      controlToken: 'a-secret-of-the-team',
    });
    assert.equal((await app.inject('/_emulator/tls.pem')).payload, made.cert);
    const off = await (await emulatorForFile()).app.inject('/_emulator/tls.pem');
    assert.deepEqual([off.statusCode, off.json().message], [404, 'HTTPS is off; start with --tls']);
  });

  test('is undefined if HTTPS is off', async () => {
    assert.equal(await certificateOf(config({})), undefined);
  });

  test('that is configured is used unchanged', async () => {
    assert.deepEqual(await certificateOf(config({ tlsCert: certFile, tlsKey: keyFile })), made);
  });

  const wrong: [string, Partial<Config>, RegExp][] = [
    [
      'the key of another certificate',
      { tlsCert: certFile, tlsKey: otherKeyFile },
      /^tlsCert .*cert\.pem: expected a PEM certificate that belongs to the private key .*other\.pem/,
    ],
    ['no key', { tlsCert: certFile }, /^tlsKey: missing; expected the private key/],
    ['no certificate', { tlsKey: keyFile }, /^tlsCert: missing; expected the certificate/],
    [
      'no such file',
      { tlsCert: join(folder, 'none.pem'), tlsKey: keyFile },
      /^tlsCert .*none\.pem: expected a PEM file \(the file does not exist\)/,
    ],
    ['no PEM', { tlsCert: file('text.pem', 'hello'), tlsKey: keyFile }, /^tlsCert .*text\.pem: expected a PEM certificate/],
    ['a folder', { tlsCert: certFile, tlsKey: folder }, /^tlsKey .*: expected a PEM file \(this is a folder, not a file\)/],
  ];
  for (const [name, changes, message] of wrong) {
    test(`${name}: one line of error`, async () => {
      const error = await openTestEmulator(config(changes)).then(
        () => assert.fail('it opened'),
        (refused: Error) => refused,
      );
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
    });
  }
});

describe('HTTPS', () => {
  test('runs at the same time as HTTP, with the same tenants', async () => {
    const emulator = await emulatorForFile(config({ tlsCert: certFile, tlsKey: keyFile }));
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
    const emulator = await openTestEmulator(config({ tlsOnly: true, port }));
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
    const one = config({
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
      openTestEmulator(config({ ...pair, tlsPort: port })),
      new RegExp(`^Error: tlsPort ${port}: the port is in use`),
    );
    await assert.rejects(openTestEmulator(config({ ...pair, port })), new RegExp(`^Error: port ${port}: the port is in use`));
  });

  test('survives clients that speak no TLS or close early', async () => {
    const emulator = await emulatorForFile(config({ tlsCert: certFile, tlsKey: keyFile }));
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
  const emulator = await emulatorForFile(config({ tlsCert: certFile, tlsKey: keyFile }));
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
    const socket = connect({ host: hostname, port: Number(port), ca: made?.cert, ...checked }, () => resolve(socket));
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
