import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, newWorld, type World } from '../testing/emulator.js';
import { type CallOptions, privateKey, type SignatureEncoding } from '../testing/merchant.js';

const emulator = await emulatorForFile();
const path = '/v2/users/inquiryUserInfo';
const body = { accessToken: 'nothing-like-it' };
/** The result of a call whose signature is accepted. */
const passed = 'INVALID_ACCESS_TOKEN';

const wrong: CallOptions = { content: () => 'something else' };
const signature = (world: World) => world.tenant.journal.list({}, 1)[0]?.signature;

describe('a client that must sign', () => {
  const world = newWorld(emulator);
  const code = async (options: CallOptions = {}, what: object | string | Buffer = body) =>
    (await world.faro.call(path, what, options)).code;

  test('is accepted with a right signature, in all encodings, with either form of time', async () => {
    for (const encoding of ['percent', 'plain', 'base64url'] as SignatureEncoding[]) {
      for (const time of ['2026-05-01T12:00:00+08:00', '1777636800000']) assert.equal(await code({ encoding, time }), passed);
      assert.deepEqual(signature(world), { mode: 'required', verified: true, encoding: encoding, mistakes: [] });
    }
  });

  test('is refused without a signature, with a wrong one, and with an invalid header', async () => {
    assert.equal(await code({ unsigned: true }), 'INVALID_SIGNATURE');
    assert.deepEqual(signature(world), { mode: 'required', verified: null, mistakes: [] });
    assert.equal(await code(wrong), 'INVALID_SIGNATURE');
    assert.equal(signature(world)?.verified, false);
    for (const header of [
      '',
      'testing_signature',
      'algorithm=RSA256',
      'signature=',
      'algorithm=RSA256, keyVersion=1, signature=',
      'algorithm=HMAC, signature=AAAA',
      '=,=,=',
      ',',
    ]) {
      assert.equal(await code({ headers: { Signature: header } }), 'INVALID_SIGNATURE', header);
    }
  });

  test('may use every form of the header that clients send', async () => {
    const time = '2026-05-01T12:00:00Z';
    const value = world.faro.signature(path, Buffer.from(JSON.stringify(body)), { time, encoding: 'plain' });
    const ways = [
      `algorithm=RSA256, keyVersion=1, signature=${value}`,
      `algorithm=RSA256,keyVersion=2,signature=${value}`,
      `signature=${value},keyVersion=0,algorithm=RSA256`,
      `ALGORITHM=rsa256, KeyVersion=1, Signature=${value}`,
      `algorithm=SHA256withRSA, signature=${value}`,
      `signature=${value}`,
    ];
    for (const header of ways) assert.equal(await code({ time, headers: { Signature: header } }), passed, header.slice(0, 40));
    assert.equal(await code({ time, headers: { Signature: [ways[0] as string, ways[0] as string] } }), passed, 'sent twice');
  });

  test('may send the same signature again', async () => {
    const time = '2026-05-01T12:00:00Z';
    for (let times = 0; times < 3; times++) assert.equal(await code({ time }), passed);
  });

  test('must sign as soon as a key is registered, if its record does not say otherwise', async () => {
    const other = newWorld(emulator);
    const record = { clientId: faro.clientId, name: 'Any' };
    other.tenant.put('client', faro.clientId, record);
    assert.equal((await other.faro.call(path, body, { unsigned: true })).code, passed);
    const publicKey = world.tenant.clients.get(faro.clientId)?.record.publicKey as string;
    other.tenant.put('client', faro.clientId, { ...record, publicKey });
    assert.equal((await other.faro.call(path, body, { unsigned: true })).code, 'INVALID_SIGNATURE');
    assert.equal((await other.faro.call(path, body)).code, passed);
  });

  test('is refused if it has no registered key', async () => {
    const keyless = newWorld(emulator);
    const { publicKey: _, ...record } = keyless.tenant.clients.get(faro.clientId)?.record ?? { clientId: '', name: '' };
    keyless.tenant.put('client', faro.clientId, record);
    const { code: refused, message } = await keyless.faro.call(path, body);
    assert.equal(refused, 'INVALID_SIGNATURE');
    assert.match(message, /publicKey/);
  });

  describe('signs the exact bytes that it sends', () => {
    const accessToken = 'nothing-like-it';
    const bodies: Record<string, string> = {
      'pretty-printed': JSON.stringify({ accessToken, extendInfo: { a: [1, 2] } }, null, 2),
      'with escaped slashes': `{"accessToken":"${accessToken}","extendInfo":"https:\\/\\/example.com\\/a"}`,
      'with escaped angle brackets': `{"accessToken":"${accessToken}","extendInfo":"\\u003cb\\u003e\\u0026"}`,
      'with characters beyond ASCII': `{"accessToken": "${accessToken}","extendInfo":"ñandú 钱包 💳"}`,
      'with a doubled field': `{"accessToken":"x","accessToken":"${accessToken}"}`,
      'with line ends of all kinds': `{\r\n\t"accessToken":"${accessToken}"\n}\r\n`,
    };
    for (const [name, text] of Object.entries(bodies)) {
      test(name, async () => {
        assert.equal(await code({}, text), passed);
        assert.equal(
          await code(
            { content: (right) => `POST ${path}\n${right.clientId}.${right.time}.${JSON.stringify(JSON.parse(text))}` },
            text,
          ),
          'INVALID_SIGNATURE',
        );
      });
    }
  });

  test('may sign the path alone, without host and query', async () => {
    for (const target of [`http://wallet.example${path}`, `${path}?a=1`])
      assert.equal((await world.faro.call(target, body)).code, passed, target);
  });

  test('may sign the query with the path, and then the answer is signed over both', async () => {
    const target = `${path}?a=1&b=%20`;
    const withQuery: CallOptions = {
      content: ({ clientId, time, body: sent }) => `POST ${target}\n${clientId}.${time}.${sent}`,
      answerPath: target,
    };
    assert.equal((await world.faro.call(target, body, withQuery)).code, passed);
    assert.equal(signature(world)?.verified, true);
    const otherQuery = { ...withQuery, answerPath: path };
    assert.equal((await world.faro.call(`${path}?a=2`, body, otherQuery)).code, 'INVALID_SIGNATURE');
  });
});

describe('a client that may sign', () => {
  const world = newWorld(emulator);

  test('is accepted with a right signature, none, or a wrong one; a wrong one is a finding', async () => {
    const call = async (options: CallOptions) => (await world.aurora.call(path, body, options)).code;
    assert.equal(await call({}), passed);
    assert.equal(signature(world)?.verified, true);
    assert.equal(await call({ unsigned: true }), passed);
    assert.equal(signature(world)?.verified, null);
    assert.deepEqual(world.tenant.journal.list({}, 1)[0]?.findings, ['unsigned-request']);
    assert.equal(await call(wrong), passed);
    assert.equal(signature(world)?.verified, false);
    assert.deepEqual(world.tenant.journal.list({}, 1)[0]?.findings, ['content-unknown']);
    assert.equal(await call({ headers: { Signature: 'testing_signature' } }), passed);
  });

  test('can be changed to a client that must sign, while the emulator runs', async () => {
    const changed = newWorld(emulator);
    changed.changeClient(aurora.clientId, { signature: 'required' });
    assert.equal((await changed.aurora.call(path, body, wrong)).code, 'INVALID_SIGNATURE');
    assert.equal((await changed.aurora.call(path, body)).code, passed);
    changed.changeClient(aurora.clientId, { publicKey: changed.tenant.clients.get(faro.clientId)?.record.publicKey as string });
    assert.equal((await changed.aurora.call(path, body)).code, 'INVALID_SIGNATURE');
    assert.equal((await changed.aurora.call(path, body, { key: privateKey('demo-merchant-2.private.pem') })).code, passed);
  });
});

test('the signature of a client with the mode off is not checked', async () => {
  const world = newWorld(emulator);
  world.changeClient(faro.clientId, { signature: 'off' });
  for (const options of [{}, wrong, { unsigned: true }, { headers: { Signature: 'testing_signature' } }]) {
    assert.equal((await world.faro.call(path, body, options)).code, passed);
    assert.equal(signature(world)?.verified, null);
    assert.deepEqual(signature(world)?.mistakes, []);
  }
});
