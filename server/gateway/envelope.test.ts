import assert from 'node:assert/strict';
import { METHODS } from 'node:http';
import { describe, test } from 'node:test';
import { days, emulatorForFile, hours, newWorld } from '../testing/emulator.js';
import type { CallOptions } from '../testing/merchant.js';

const emulator = await emulatorForFile();
const world = newWorld(emulator);
const path = '/v2/users/inquiryUserInfo';
/** The result of a call whose envelope is right. */
const passed = 'INVALID_ACCESS_TOKEN';
const body = { accessToken: 'nothing-like-it' };
const call = (where: string, what: object | string | Buffer = body, options: CallOptions = {}) =>
  world.aurora.call(where, what, options);

describe('the path', () => {
  test('INVALID_API: a path without an operation, in any form', async () => {
    const paths = [
      '/',
      '/v2',
      '/v2/users/inquiryUserinfo',
      '/v2/users/inquiryUserInfo/',
      '//v2/users/inquiryUserInfo',
      '/v1/authorizations/applyToken',
    ];
    for (const odd of [
      ...paths,
      '/v2/users/%',
      '/%zz',
      '/%e0%a4%a',
      '/a%2Fb',
      `/${'x'.repeat(5000)}`,
      '/t/',
      '/t/a%20b/v2',
      '*',
      '/;',
      '/constructor',
      '/__proto__',
    ]) {
      assert.equal((await call(odd)).code, 'INVALID_API', odd);
    }
  });

  test('INVALID_API: only a tenant, with any name', async () => {
    for (const name of ['x', '..', '.']) assert.equal((await call(`/t/${name}`, body, { answerPath: '/' })).code, 'INVALID_API');
  });

  test('the message lists the paths of the operations', async () => {
    assert.match(
      (await call('/v2/nowhere')).message,
      /platform-v2 has no operation at \/v2\/nowhere.*\/v2\/authorizations\/applyToken/,
    );
  });

  test('a query does not matter', async () => {
    assert.equal((await call(`${path}?a=%&b=1`)).code, passed);
  });

  test('the absolute form of the request target works', async () => {
    for (const target of [`http://127.0.0.1:9${path}`, `https://wallet.example${path}?a=1`, `HTTP://WALLET.example${path}`]) {
      assert.equal((await call(target)).code, passed, target);
    }
    assert.equal((await call('http://wallet.example')).code, 'INVALID_API');
  });
});

describe('the method', () => {
  test('METHOD_NOT_SUPPORTED for every method but POST', async () => {
    const methods = METHODS.filter((method) => method !== 'POST' && method !== 'CONNECT');
    assert.ok(methods.length > 25);
    for (const method of methods) {
      const answer = await call(path, method === 'GET' ? '' : body, { method });
      assert.equal(answer.code, method === 'HEAD' ? '' : 'METHOD_NOT_SUPPORTED', method);
    }
  });
});

describe('the media type', () => {
  test('MEDIA_TYPE_NOT_ACCEPTABLE: missing, empty, or not JSON', async () => {
    for (const type of [
      undefined,
      '',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'text/json',
      'application/',
      ';',
      'json',
    ]) {
      assert.equal(
        (await call(path, body, { headers: { 'Content-Type': type } })).code,
        'MEDIA_TYPE_NOT_ACCEPTABLE',
        String(type),
      );
    }
    assert.equal(
      (await call(path, body, { headers: { 'Content-Type': ['text/plain', 'application/json'] } })).code,
      'MEDIA_TYPE_NOT_ACCEPTABLE',
    );
  });

  test('JSON is accepted with any parameters, in any case, and sent twice', async () => {
    const twice = 'application/json, application/json';
    for (const type of [
      'application/json',
      'application/json;charset=utf-8',
      'Application/JSON; Charset=GBK',
      'application/problem+json',
      twice,
      ['application/json', 'application/json; charset=UTF-8'],
    ]) {
      assert.equal((await call(path, body, { headers: { 'Content-Type': type } })).code, passed, String(type));
    }
  });

  test('an Accept without a JSON type is ignored', async () => {
    assert.equal((await call(path, body, { headers: { Accept: 'text/html' } })).code, passed);
  });
});

describe('the header Request-Time', () => {
  test('can be ISO 8601 with an offset and any fraction, or milliseconds', async () => {
    for (const time of [
      '2019-05-28T12:12:12+08:00',
      '2019-05-28T12:12:12Z',
      '2019-05-28T12:12:12.1-05:00',
      '2019-05-28T12:12:12.123456789Z',
      '2019-05-28T12:12:12+0800',
      '1559016732000',
    ]) {
      assert.equal((await call(path, body, { time })).code, passed, time);
    }
  });

  test('PARAM_ILLEGAL: anything else', async () => {
    for (const time of [
      'yesterday',
      '2019-05-28',
      '2019-05-28T12:12:12',
      '2019-05-28 12:12:12Z',
      '2019-13-28T12:12:12Z',
      '2019-05-28T12:12:12.1234567890Z',
      '123',
    ]) {
      const { code, message } = await call(path, body, { time });
      assert.equal(code, 'PARAM_ILLEGAL', time);
      assert.match(message, /Request-Time/);
    }
  });

  test('more than five minutes off is a finding, and not a refusal', async () => {
    const findings = () => world.tenant.journal.list({}, 1)[0]?.findings;
    const now = world.tenant.clock.now();
    await call(path, body, { time: '2009-05-28T12:12:12+08:00' });
    assert.deepEqual(findings(), ['request-time-off']);
    await call(path, body, { time: String(now - 4 * 60_000) });
    assert.deepEqual(findings(), []);
    await call(path, body, { time: String(now + 6 * 60_000) });
    assert.deepEqual(findings(), ['request-time-off']);
  });

  test('is compared with the emulator’s clock and with the machine’s clock', async () => {
    const moved = newWorld(emulator);
    const { clock, journal } = moved.tenant;
    const findings = async (time: number) => {
      await moved.aurora.call(path, body, { time: String(time) });
      return journal.list({}, 1)[0]?.findings;
    };
    const machineNow = clock.machineNow();
    const check = async (emulatorNow: number) => {
      assert.deepEqual(await findings(machineNow), [], 'the machine’s time');
      assert.deepEqual(await findings(emulatorNow), [], 'the emulator’s time');
      assert.deepEqual(await findings(Math.round((machineNow + emulatorNow) / 2)), ['request-time-off'], 'neither');
    };
    clock.advance(hours(2));
    await check(machineNow + hours(2));
    clock.set(machineNow - days(400));
    clock.freeze();
    await check(clock.now());
  });

  test('is required only if the client must sign', async () => {
    assert.equal((await call(path, body, { headers: { 'Request-Time': undefined }, unsigned: true })).code, passed);
    assert.equal((await world.faro.call(path, body, { headers: { 'Request-Time': undefined } })).code, 'PARAM_ILLEGAL');
  });
});

describe('the body', () => {
  const illegal = async (what: string | Buffer, expected: RegExp) => {
    const { code, message } = await call(path, what);
    assert.equal(code, 'PARAM_ILLEGAL', what.toString().slice(0, 40));
    assert.match(message, expected);
  };

  test('PARAM_ILLEGAL: empty, not JSON, not an object', async () => {
    await illegal('', /body is empty/);
    for (const text of ['{', 'a=1', '{"accessToken":"x",}', "{'a':1}", '\u0000']) await illegal(text, /body is not JSON/);
    for (const text of ['[]', '1', '"text"', 'null', 'true']) await illegal(text, /expected a JSON object/);
  });

  test('PARAM_ILLEGAL: not UTF-8', async () => {
    await illegal(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), /not UTF-8/);
    await illegal(Buffer.from('{"a":"é"}', 'latin1'), /not UTF-8/);
  });

  test('PARAM_ILLEGAL: over 1 MiB; exactly 1 MiB is accepted', async () => {
    const fill = (length: number) => JSON.stringify({ ...body, filler: 'x'.repeat(length) });
    const most = 1024 * 1024 - fill(0).length;
    assert.equal((await call(path, fill(most))).code, passed);
    await illegal(fill(most + 1), /too large/);
    await illegal(fill(5 * most), /too large/);
    assert.equal((await call(path)).code, passed);
  });

  test('with deep nesting, is refused in a known field and ignored in an unknown one', async () => {
    const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    assert.equal(
      (await call(path, `{"accessToken":"nothing-like-it","unheardOf":${deep(150_000)}}`, { unsigned: true })).code,
      passed,
    );
    const { code, message } = await call(path, `{"accessToken":"nothing-like-it","extendInfo":${deep(150_000)}}`, {
      unsigned: true,
    });
    assert.equal(code, 'PARAM_ILLEGAL');
    assert.match(message, /extendInfo/);
    const { code: unread } = await world.faro.call(path, `{"accessToken":"x","extendInfo":${deep(150_000)}}`, {
      content: () => 'something else',
    });
    assert.equal(unread, 'INVALID_SIGNATURE');
  });

  test('may begin with a byte order mark', async () => {
    assert.equal((await call(path, `\ufeff${JSON.stringify(body)}`)).code, passed);
  });
});

test('PARAM_ILLEGAL: an invalid tenant name', async () => {
  for (const name of ['', 'a b', 'a/b', 'x'.repeat(65), 'ñ', ['a', 'b']]) {
    const { code, message } = await call(path, body, { headers: { 'X-Emulator-Tenant': name } });
    assert.equal(code, 'PARAM_ILLEGAL');
    assert.match(message, /X-Emulator-Tenant/);
  }
});
