import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { rootCertificates } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { readConfig } from '../emulator/config.js';
import { type Emulator, openEmulator } from '../emulator/emulator.js';
import { readRecording } from '../recordings/read-recording.js';
import { readPublicKey } from '../signing/keys.js';
import { aurora, auroraKey, scratchFolder } from '../testing/emulator.js';
import { Merchant, platformPublicKey, privateKey } from '../testing/merchant.js';
import { sendRaw } from '../testing/raw-http.js';
import { RealPlatform } from '../testing/real-platform.js';
import { Recorder } from './recorder.js';

const platform = await RealPlatform.start();
const path = '/v2/authorizations/applyToken';
const code = '2810100000XyZqW1';
const body = `{ "authCode" : "${code}","grantType":"AUTHORIZATION_CODE" }`;

/** An emulator that records calls to a platform. */
class World {
  private constructor(
    readonly emulator: Emulator,
    readonly recorder: Recorder,
    readonly file: string,
  ) {}

  static async open(changes: Partial<ConstructorParameters<typeof Recorder>[0]> = {}): Promise<World> {
    const out = join(scratchFolder(), 'run.har');
    const recorder = new Recorder({
      to: platform.url,
      out,
      publicKey: readPublicKey(readFileSync(platform.publicKeyFile, 'utf8')),
      ca: [...rootCertificates, readFileSync(platform.caFile, 'utf8')],
      showSecrets: false,
      version: '1.2.3',
      ...changes,
    });
    const emulator = await openEmulator(readConfig({ port: 0 }, {}), undefined, undefined, recorder);
    after(() => emulator.close());
    return new World(emulator, recorder, out);
  }

  /** Sends a call with these headers, one a line, and returns the answer as bytes. */
  send(lines: readonly string[], { target = path, content = body }: { target?: string; content?: string } = {}) {
    const head = [
      `POST ${target} HTTP/1.1`,
      ...lines,
      `Content-Length: ${Buffer.byteLength(content)}`,
      'Connection: close, X-Hop',
    ];
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(content)]);
    return sendRaw(this.emulator.url, bytes);
  }

  /** Sends a signed call of Aurora. @param sign makes the signature's value from the right one */
  call(answer = '', sign = (right: string) => right) {
    const time = new Date().toISOString();
    const merchant = new Merchant(this.emulator.url, aurora.clientId, auroraKey);
    const signature = sign(merchant.signature(path, Buffer.from(body), { time }));
    return this.send([
      ...['Host: x', 'Content-Type: application/json', `Client-Id: ${aurora.clientId}`, `Request-Time: ${time}`],
      ...[`Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`, ...(answer === '' ? [] : [`X-Answer: ${answer}`])],
    ]);
  }

  /** The newest entry of the journal, as the control API shows it. */
  // biome-ignore lint/suspicious/noExplicitAny: the journal's
  async entry(): Promise<Record<string, any>> {
    const { payload } = await this.emulator.app.inject('/_emulator/journal?tenant=*&limit=1');
    return JSON.parse(payload).entries[0];
  }
}

const hopByHop = /^(connection|keep-alive|transfer-encoding):/i;

describe('a recorded call', () => {
  test('reaches the platform byte for byte, and its answer the caller', async () => {
    const world = await World.open();
    const lines = [
      'HOST: emulator:4010',
      'client-ID: c1',
      'X-twice: b; é',
      'x-Twice: a',
      'X-Hop: 1',
      'X-Emulator-Tenant: mine',
      'TE: x',
    ];
    const answer = await world.send(lines, { target: `/t/mine${path}?x=%2f+a&x=&é=%zz`.replace('é', '%c3') });
    const seen = platform.seen.at(-1);
    assert.deepEqual([seen?.method, seen?.target], ['POST', `${path}?x=%2f+a&x=&%c3=%zz`]);
    assert.equal(Buffer.from(seen?.body ?? '', 'base64').toString(), body);
    assert.deepEqual(seen?.rawHeaders, [
      ...['HOST', new URL(platform.url).host, 'client-ID', 'c1', 'X-twice', 'b; é', 'x-Twice', 'a'],
      ...['Content-Length', String(body.length), 'Connection', 'close'],
    ]);
    assert.equal(answer.status, 'HTTP/1.1 200 OK');
    const text =
      '{ "result" :{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"ok"},"accessToken":"2810100000AbC9","customerId":"2089011028222372"}\n';
    assert.equal(answer.body, text);
    const [signature] = answer.lines.filter((line) => line.startsWith('signature:'));
    assert.deepEqual(
      answer.lines.filter((line) => !hopByHop.test(line)),
      [
        ...['Client-Id: c1', 'RESPONSE-time: 2026-03-01T20:00:01.123+08:00', 'x-two: one', 'X-Two: two ; é=1'],
        ...['Content-Type: application/json;charset=utf-8', signature, `Content-Length: ${text.length}`],
      ],
    );
  });

  test('keeps a compressed answer compressed, and shows and records it readable', async () => {
    const world = await World.open();
    const answer = await world.call('gzip');
    assert.equal(answer.status, 'HTTP/1.1 200 Fine');
    assert.ok(answer.lines.includes('Content-Encoding: gzip'));
    assert.match(gunzipSync(answer.bytes).toString(), /2810100000AbC9/);
    assert.match((await world.entry()).response.body, /^\{ "result" :\{"resultStatus":"S"/);
    assert.match(String(readRecording(world.file)[0]?.response?.body), /^\{ "result" :\{"resultStatus":"S"/);
  });

  test('gets an answer in chunks and one without a body', async () => {
    const world = await World.open();
    const slow = await world.call('slow');
    assert.equal(slow.status, 'HTTP/1.1 201 Created');
    assert.match(slow.body, /2810100000AbC9/);
    assert.ok(slow.lines.includes('Transfer-Encoding: chunked'));
    const empty = await world.call('nothing');
    assert.deepEqual([empty.status, empty.body], ['HTTP/1.1 204 No Content', '']);
  });

  test('is in the journal with what was found out about the signatures', async () => {
    const world = await World.open();
    await world.call();
    const entry = await world.entry();
    assert.deepEqual(
      [entry.kind, entry.operation, entry.clientId, entry.status, entry.resultStatus, entry.resultCode, entry.reason],
      ['recorded', 'applyToken', aurora.clientId, 200, 'S', 'SUCCESS', 'the platform answered SUCCESS'],
    );
    const content = '{method} {path}\n{clientId}.{time}.{body}';
    const answer = { verified: true, encoding: 'base64url', algorithm: 'RSA256', content };
    const { emulator, ...recorded } = entry.recorded;
    assert.deepEqual(recorded, { address: platform.url + path, accepted: true, agrees: true, answer });
    assert.deepEqual([emulator.status, emulator.resultStatus, emulator.resultCode], [200, 'S', 'SUCCESS']);
    assert.match(JSON.parse(emulator.body).accessTokenExpiryTime, /^\d{4}-\d\d-\d\dT/, 'the platform sent no such field');
    assert.equal(entry.signature.verified, true);
    assert.deepEqual(entry.response.headers['x-two'], 'one');
    assert.doesNotMatch(JSON.stringify(entry), new RegExp(`${code}|2810100000AbC9`), 'codes and tokens are shortened');
    const [exchange] = readRecording(world.file);
    assert.deepEqual(exchange?.signatures, {
      request: { verified: true, encoding: 'percent', algorithm: 'RSA256', content },
      response: answer,
    });

    await world.call('', () => 'testing_signature');
    const wrong = await world.entry();
    assert.deepEqual([wrong.signature.verified, wrong.recorded.accepted, wrong.recorded.agrees], [false, true, false]);
    await world.call('refuse', (right) => right.slice(4));
    const refused = await world.entry();
    assert.deepEqual([refused.signature.verified, refused.recorded.accepted, refused.recorded.agrees], [false, false, true]);
    assert.equal(refused.reason, 'the platform answered INVALID_SIGNATURE');
  });

  test('does not verify with another key, and is not verified without one', async () => {
    for (const [publicKey, verified] of [
      [platformPublicKey, false],
      [undefined, null],
    ] as const) {
      const world = await World.open({ publicKey });
      await world.call();
      assert.deepEqual((await world.entry()).recorded.answer, { verified, encoding: 'base64url', algorithm: 'RSA256' });
    }
  });

  test('is in the file without its secrets, and with them if they are wanted', async () => {
    const [masked, plain] = [await World.open(), await World.open({ showSecrets: true })];
    for (const world of [masked, plain]) await world.call();
    const secrets = [code, '2810100000AbC9', '2089011028222372', aurora.clientId, 'signature=Qk'];
    const files = [masked, plain].map(({ file }) => readFileSync(file, 'utf8'));
    for (const secret of secrets.slice(0, 4))
      assert.deepEqual(
        files.map((file) => file.includes(secret)),
        [false, true],
        secret,
      );
    const [exchange] = readRecording(masked.file);
    const sent = JSON.parse(String(exchange?.request.body));
    assert.deepEqual([sent.authCode.length, sent.grantType], [code.length, 'AUTHORIZATION_CODE']);
    assert.equal(exchange?.request.url, platform.url + path);
  });
});

describe('a call that gets no answer', () => {
  const failure = async (world: World, answer = '') => {
    const { status, body: sent } = await world.call(answer);
    const { result } = JSON.parse(sent);
    const entry = await world.entry();
    assert.deepEqual([status, result.resultStatus, result.resultCode], ['HTTP/1.1 200 OK', 'U', 'UNKNOWN_EXCEPTION']);
    assert.deepEqual([entry.kind, entry.reason], ['recorded', result.resultMessage]);
    assert.equal(readRecording(world.file).at(-1)?.response, undefined);
    return result.resultMessage as string;
  };

  test('is an error in the form of the wallet, and says what to do', async () => {
    const { url } = platform;
    const untrusting = await World.open({ ca: undefined });
    assert.match(
      await failure(untrusting),
      new RegExp(
        `^${url} gave no answer: this machine does not trust the authority of its certificate \\(\\w+\\). Name .* --ca$`,
      ),
    );
    const plain = await World.open({ to: url.replace('https', 'http') });
    assert.match(await failure(plain), /the connection was closed before the answer was complete \(\w+\)\. Send the call again/);
    assert.match(
      await failure(await World.open(), 'half'),
      /the connection was closed before the answer was complete \(\w+\)\. Send the call again/,
    );
    const named = await World.open({ to: 'https://no-such-host.invalid' });
    assert.match(await failure(named), /no-such-host\.invalid .*\((ENOTFOUND|EAI_AGAIN)\)\. Check the address/);
  });

  test('because the platform died leaves the recording whole', async () => {
    const mortal = await RealPlatform.start();
    const world = await World.open({ to: mortal.url, ca: [readFileSync(mortal.caFile, 'utf8')] });
    await world.call();
    assert.match(await failure(world, 'die'), /the connection was closed/);
    assert.match(await failure(world), /Nothing listens there: check the address and the port/);
    assert.deepEqual(
      readRecording(world.file).map(({ response }) => response?.status),
      [200, undefined, undefined],
    );
  });
});

describe('a notification of the platform', () => {
  const told = '{ "authorizationNotifyType":"AUTHCODE_CREATED", "authCode":"2810100000XyZqW1" }';

  /** Sends a notification as the platform does, signed with its key. */
  function notify(world: World, target: string) {
    const time = '2026-03-01T20:00:01+08:00';
    const content = `POST ${target.split('?')[0]}\n${aurora.clientId}.${time}.${told}`;
    const signature = sign('sha256', Buffer.from(content), privateKey('platform-development.private.pem')).toString('base64');
    const lines = ['Host: tunnel.example', `client-Id: ${aurora.clientId}`, `Request-Time: ${time}`, 'x-Trace: 1'];
    return world.send([...lines, `Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`], { target, content: told });
  }

  test('reaches the merchant byte for byte, and is recorded with the answer', async () => {
    const seen: { target: string | undefined; rawHeaders: string[]; content: string }[] = [];
    const shop = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push({ target: request.url, rawHeaders: request.rawHeaders, content: Buffer.concat(chunks).toString() });
      response.sendDate = false;
      response
        .writeHead(200, ['content-TYPE', 'application/json', 'Content-Length', '28'])
        .end('{"result":{"resultCode":"S"}}'.slice(0, 28));
    });
    shop.listen(0, '127.0.0.1');
    await once(shop, 'listening');
    after(() => shop.close());
    const { host } = new URL(`http://127.0.0.1:${(shop.address() as AddressInfo).port}`);
    const world = await World.open({ publicKey: platformPublicKey });
    const client = `/_emulator/clients/${aurora.clientId}`;
    const change = { notifyUrl: `http://${host}/shop/notify` };
    const headers = { 'content-type': 'application/merge-patch+json' };
    const { statusCode } = await world.emulator.app.inject({
      method: 'PATCH',
      url: client,
      headers,
      payload: JSON.stringify(change),
    });
    assert.equal(statusCode, 200);

    const answer = await notify(world, '/shop/notify?x=%2f');
    assert.deepEqual([answer.status, answer.body], ['HTTP/1.1 200 OK', '{"result":{"resultCode":"S"}']);
    assert.ok(answer.lines.includes('content-TYPE: application/json'));
    const [{ target, rawHeaders, content } = assert.fail()] = seen;
    assert.deepEqual([target, content], ['/shop/notify?x=%2f', told]);
    assert.deepEqual(rawHeaders.slice(0, 8), [
      'Host',
      host,
      'client-Id',
      aurora.clientId,
      'Request-Time',
      '2026-03-01T20:00:01+08:00',
      'x-Trace',
      '1',
    ]);
    const entry = await world.entry();
    assert.deepEqual(
      [entry.kind, entry.operation, entry.clientId, entry.status, entry.signature.verified, entry.reason],
      [
        'recorded',
        'notification',
        aurora.clientId,
        200,
        true,
        `the platform's notification was passed on to http://${host}/shop/notify?x=%2f, which answered HTTP 200`,
      ],
    );
    assert.doesNotMatch(JSON.stringify(entry), /2810100000XyZqW1/);
    // Calls of merchants still go to the platform, and the code is the same in both.
    await world.call();
    const [notified, called] = readRecording(world.file).sort((one) => (one.notification ? -1 : 1));
    assert.deepEqual(
      [notified?.notification, notified?.response?.status, notified?.signatures?.request.verified],
      [true, 200, true],
    );
    const codes = [notified, called].map((exchange) => JSON.parse(String(exchange?.request.body)).authCode);
    assert.deepEqual([codes[0] === codes[1], codes[0] === code], [true, false]);

    shop.close();
    shop.closeAllConnections();
    const failed = await notify(world, '/shop/notify');
    assert.equal(failed.status, 'HTTP/1.1 502 Bad Gateway');
    assert.match(failed.body, /gave no answer: .*Nothing listens there/);
    assert.equal(readRecording(world.file).length, 3);
  });
});

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
    const world = await World.open();
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
    const world = await World.open();
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
    const world = await World.open({ to: 'http://sandbox.example' });
    await withEnvironment({ HTTP_PROXY: url, NO_PROXY: '' }, async () => {
      const answer = await world.call();
      assert.deepEqual([answer.body, answer.lines.includes('X-By: proxy')], ['of the proxy', true]);
      assert.deepEqual(asked, [`POST http://sandbox.example${path} ${credentials} sandbox.example`]);
      assert.equal((await world.entry()).reason, 'the platform answered HTTP 200');
    });
  });
});

describe('the file of a recording', () => {
  test('is never written over', async () => {
    const out = join(scratchFolder(), 'kept.har');
    writeFileSync(out, 'mine');
    await assert.rejects(World.open({ out }), {
      message: `${out}: the file exists, and a recording never replaces one; choose another name with --out`,
    });
    assert.equal(readFileSync(out, 'utf8'), 'mine');
  });

  test('is a whole HAR file after each call, in the order of the calls, and is gone if there was none', async () => {
    const world = await World.open();
    await Promise.all(Array.from({ length: 8 }, () => world.call()));
    assert.equal(readRecording(world.file).length, 8);
    const empty = await World.open();
    assert.ok(existsSync(empty.file));
    await empty.emulator.close();
    assert.ok(!existsSync(empty.file));
  });
});
