import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readRecording } from '../recordings/read-recording.js';
import { aurora, scratchFolder } from '../testing/emulator.js';
import { platformPublicKey } from '../testing/merchant.js';
import { RealPlatform } from '../testing/real-platform.js';
import { RecorderWorld, recordedCall } from '../testing/recorder-world.js';

const platform = await RealPlatform.start();
const { path, code, body } = recordedCall;

const hopByHop = /^(connection|keep-alive|transfer-encoding):/i;

describe('a recorded call', () => {
  test('reaches the platform byte for byte, and its answer the caller', async () => {
    const world = await RecorderWorld.open(platform);
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
    const world = await RecorderWorld.open(platform);
    const answer = await world.call('gzip');
    assert.equal(answer.status, 'HTTP/1.1 200 Fine');
    assert.ok(answer.lines.includes('Content-Encoding: gzip'));
    assert.match(gunzipSync(answer.bytes).toString(), /2810100000AbC9/);
    assert.match((await world.entry()).response.body, /^\{ "result" :\{"resultStatus":"S"/);
    assert.match(String(readRecording(world.file)[0]?.response?.body), /^\{ "result" :\{"resultStatus":"S"/);
  });

  test('gets an answer in chunks and one without a body', async () => {
    const world = await RecorderWorld.open(platform);
    const slow = await world.call('slow');
    assert.equal(slow.status, 'HTTP/1.1 201 Created');
    assert.match(slow.body, /2810100000AbC9/);
    assert.ok(slow.lines.includes('Transfer-Encoding: chunked'));
    const empty = await world.call('nothing');
    assert.deepEqual([empty.status, empty.body], ['HTTP/1.1 204 No Content', '']);
  });

  test('is in the journal with what was found out about the signatures', async () => {
    const world = await RecorderWorld.open(platform);
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
      const world = await RecorderWorld.open(platform, { publicKey });
      await world.call();
      assert.deepEqual((await world.entry()).recorded.answer, { verified, encoding: 'base64url', algorithm: 'RSA256' });
    }
  });

  test('is in the file without its secrets, and with them if they are wanted', async () => {
    const [masked, plain] = [await RecorderWorld.open(platform), await RecorderWorld.open(platform, { showSecrets: true })];
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
  const failure = async (world: RecorderWorld, answer = '') => {
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
    const untrusting = await RecorderWorld.open(platform, { ca: undefined });
    assert.match(
      await failure(untrusting),
      new RegExp(
        `^${url} gave no answer: this machine does not trust the authority of its certificate \\(\\w+\\). Name .* --ca$`,
      ),
    );
    const plain = await RecorderWorld.open(platform, { to: url.replace('https', 'http') });
    assert.match(await failure(plain), /the connection was closed before the answer was complete \(\w+\)\. Send the call again/);
    assert.match(
      await failure(await RecorderWorld.open(platform), 'half'),
      /the connection was closed before the answer was complete \(\w+\)\. Send the call again/,
    );
    const named = await RecorderWorld.open(platform, { to: 'https://no-such-host.invalid' });
    assert.match(await failure(named), /no-such-host\.invalid .*\((ENOTFOUND|EAI_AGAIN)\)\. Check the address/);
  });

  test('because the platform died leaves the recording whole', async () => {
    const mortal = await RealPlatform.start();
    const world = await RecorderWorld.open(platform, { to: mortal.url, ca: [readFileSync(mortal.caFile, 'utf8')] });
    await world.call();
    assert.match(await failure(world, 'die'), /the connection was closed/);
    assert.match(await failure(world), /Nothing listens there: check the address and the port/);
    assert.deepEqual(
      readRecording(world.file).map(({ response }) => response?.status),
      [200, undefined, undefined],
    );
  });
});

describe('the file of a recording', () => {
  test('is never written over', async () => {
    const out = join(scratchFolder(), 'kept.har');
    writeFileSync(out, 'mine');
    await assert.rejects(RecorderWorld.open(platform, { out }), {
      message: `${out}: the file exists, and a recording never replaces one; choose another name with --out`,
    });
    assert.equal(readFileSync(out, 'utf8'), 'mine');
  });

  test('is a whole HAR file after each call, in the order of the calls, and is gone if there was none', async () => {
    const world = await RecorderWorld.open(platform);
    await Promise.all(Array.from({ length: 8 }, () => world.call()));
    assert.equal(readRecording(world.file).length, 8);
    const empty = await RecorderWorld.open(platform);
    assert.ok(existsSync(empty.file));
    await empty.emulator.close();
    assert.ok(!existsSync(empty.file));
  });
});
