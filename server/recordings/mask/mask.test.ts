import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formOf } from '../../comparison/forms.js';
import { at, exchangeWith, newMask } from '../../testing/mask-input.js';
import type { Header } from '../exchange.js';
import { maskExchange } from './mask-exchange.js';

/** The masked body of an answer. */
function maskedBody(body: unknown, mask = newMask()) {
  const text = String(maskExchange(exchangeWith({ body }), mask).response?.body);
  return typeof body === 'string' ? text : JSON.parse(text);
}

const maskedHeader = (header: Header) =>
  maskExchange(exchangeWith({ headers: [header] }), newMask()).response?.headers[0]?.[1] ?? '';

describe('a masked value', () => {
  test('has the form of the value', () => {
    for (const value of [
      ...['281010033AB2F588D14B43238637264FCA5AAF35xxxx', '2089011028222372', '+63-9171234567', '09171234567', '9171234567'],
      ...['maria.santos@example.com', 'm***@example.com', '138****0000', '1990-05-17', '17/05/1990', '19900517'],
      ...[
        '1990-05-17T00:00:00.000+08:00',
        '2001-05-17T10:00:00Z',
        'María José Ñúñez',
        '玛丽亚·桑托斯',
        'ماريا',
        'PH',
        'F',
        'maria',
        'MARIA',
      ],
      ...['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'a3f5'.repeat(16), 'A3F5'.repeat(16), '203.0.113.195', '2001:db8::ff00:42'],
      ...['https://cdn.example.org/u/2088123.jpg?size=2#top', 'alipays://platformapi/startapp?appId=2021', '1754000000000'],
    ]) {
      const masked = maskedBody({ any: value }).any;
      assert.notEqual(masked, value);
      assert.equal(masked.length, value.length, masked);
      assert.deepEqual(formOf(masked), formOf(value), `${value} → ${masked}`);
      assert.equal(Buffer.byteLength(masked), Buffer.byteLength(value), masked);
    }
    const addresses = ['203.0.113.195', '10.1.25.3'].map((value) => maskedBody({ any: value }).any);
    for (const address of addresses)
      assert.ok(
        address.split('.').every((group: string) => Number(group) < 256),
        address,
      );
  });

  test('of a date is a date', () => {
    const { birthday, since } = maskedBody({ birthday: '1990-05-17', since: '2001-02-28T23:59:59.123+08:00' });
    for (const date of [birthday, since]) assert.ok(!Number.isNaN(Date.parse(date)), date);
    assert.match(since, /^(19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
  });

  test('is a number if the value is one', () => {
    const text = '{"userId": 2089011028222372, "amount":-12.50, "big": 1.5E+10, "many":[7,81]}';
    const masked = maskedBody(text);
    assert.notEqual(masked, text);
    assert.equal(masked.replaceAll(/\d/g, '9'), text.replaceAll(/\d/g, '9'));
    const { userId } = maskedBody({ userId: 2089011028222372, same: '2089011028222372' });
    assert.ok(String(userId).length === 16 && userId !== 2089011028222372);
  });

  test('is equal for equal values: as text, as number, in JSON, in a JWT, in an address, in a header', () => {
    const id = '2089011028222372';
    const claims = (payload: object) =>
      [{ alg: 'RS256', typ: 'JWT' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const mask = newMask();
    const { request, response } = maskExchange(
      exchangeWith({
        requestHeaders: [
          ['X-User', id],
          ['Authorization', `Bearer ${claims({ sub: id })}.${'s'.repeat(40)}`],
        ],
        requestBody: { userId: id, number: Number(id) },
        body: {
          extendInfo: JSON.stringify({ userId: id }),
          next: `https://shop.example/done?user=${id}&state=x%20y`,
          packed: Buffer.from(JSON.stringify([id])).toString('base64'),
        },
      }),
      mask,
    );
    const known = JSON.parse(String(request.body)).userId;
    assert.notEqual(known, id);
    assert.equal(JSON.parse(String(request.body)).number, Number(known));
    assert.equal(request.headers[0]?.[1], known);
    const [scheme, token = ''] = request.headers[1]?.[1].split(' ') ?? [];
    const [head = '', payload = '', signature = ''] = token.split('.');
    const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    assert.deepEqual(
      [scheme, decode(head), decode(payload), signature.length],
      ['Bearer', { alg: 'RS256', typ: 'JWT' }, { sub: known }, 40],
    );
    const body = JSON.parse(String(response?.body));
    assert.deepEqual(JSON.parse(body.extendInfo), { userId: known });
    assert.match(body.next, new RegExp(`^https://\\w{4}\\.\\w{7}/\\w{4}\\?user=${known}&state=\\w%20\\w$`));
    assert.deepEqual(JSON.parse(Buffer.from(body.packed, 'base64').toString()), [known]);
    // The next call of the same recording.
    assert.equal(
      maskExchange(exchangeWith({ url: `https://sandbox.example/v2/users/${id}` }), mask).request.url,
      `https://sandbox.example/v2/users/${known}`,
    );
  });

  test('is different for different values, also if a form has few', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    assert.deepEqual(new Set(maskedBody({ any: letters }).any), new Set(letters));
  });
});

describe('these stay:', () => {
  test('results, scopes, kinds, locales and the words of the wallet', () => {
    const body = {
      result: { resultStatus: 'F', resultCode: 'NEW_CODE_6115.20040003', resultMessage: 'The authCode is expired.' },
      scopes: ['USER_ID', 'plugin:BASE'],
      scope: 'auth_user auth_base',
      contactInfos: [{ contactType: 'MOBILE_PHONE' }],
      other: 'USED_AUTHCODE',
      locale: 'es-PE',
      expires_in: 7200,
      isLive: true,
      nothing: null,
    };
    assert.deepEqual(maskedBody(body), body);
  });

  test('the ordinary words of the message of a result', () => {
    for (const resultMessage of [
      'success',
      'Aprobado con éxito.',
      'Solicitud rechazada: firma inválida',
      'the AccessToken was refused at 2026-01-31T10:00:00+08:00',
    ]) {
      const body = { result: { resultMessage } };
      assert.deepEqual(maskedBody(body), body);
    }
  });

  test('but for data of a person: what the recording has as such, names, and values of other forms', () => {
    const mask = newMask();
    maskedBody({ nickName: 'lucia', fullName: 'Ana Rubio' }, mask);
    const message = 'lucia rubio cannot pay Gustavo, who has 556677889 and gus@example.com: Ana is unknown';
    const { result } = maskedBody({ result: { resultMessage: message } }, mask);
    assert.doesNotMatch(result.resultMessage, /lucia|rubio|Ana|Gustavo|556677889|gus@/);
    assert.match(result.resultMessage, /^\S{5} \S{5} cannot pay \S{7}, who has \d{9} and \S+@\S+: \S{3} is unknown$/);
  });

  test('the names of fields, in messages too', () => {
    const masked = maskedBody({ walletRefX: 'walletRefX', result: { resultMessage: 'walletRefX is missing' } });
    assert.deepEqual(Object.keys(masked), ['walletRefX', 'result']);
    assert.equal(masked.result.resultMessage, 'walletRefX is missing');
    assert.notEqual(masked.walletRefX, 'walletRefX');
  });

  test('the times of the call, from which lifetimes are computed', () => {
    const body = {
      accessTokenExpiryTime: '2026-02-01T18:00:00+08:00',
      refreshTokenExpiryTime: '9999-12-31T23:59:59Z',
      issuedAt: '2026-01-31 10:00:00',
      iat: at / 1000 - 0.25,
      expiryTime: String(at + 1000),
    };
    assert.deepEqual(maskedBody(body), body);
    const { mobile, birthTime, birthday } = maskedBody({ mobile: '1770000000', birthTime: at, birthday: '2026-01-31T09:00:00Z' });
    assert.ok(mobile !== '1770000000' && birthTime !== at && birthday !== '2026-01-31T09:00:00Z');
  });

  test('the form of a text: spaces, order, escapes', () => {
    const text = '{ "b" : "https:\\/\\/sandbox.example\\/v2",\n\t"name":"Jos\\u00e9" ,"a":[ ] , "b":{} }\n';
    const masked = maskedBody(text);
    assert.match(
      masked,
      /^{ "b" : "https:\\\/\\\/sandbox\.example\\\/\w\d",\n\t"name":"[A-Z][a-z]{2}\\u00[a-f][0-9a-f]" ,"a":\[ \] , "b":{} }\n$/,
    );
  });

  test('headers that say nothing about a person, and the form of the others', () => {
    assert.equal(maskedHeader(['Content-Type', 'application/json; charset=UTF-8']), 'application/json; charset=UTF-8');
    assert.equal(maskedHeader(['Response-Time', '2026-01-31T18:00:00+08:00']), '2026-01-31T18:00:00+08:00');
    for (const value of ['Ab1+/w==', 'Ab1%2B%2Fw%3D%3D', 'Ab1-_w']) {
      const masked = maskedHeader(['Signature', `algorithm=RSA256, keyVersion=1, signature=${value}`]);
      assert.match(masked, /^algorithm=RSA256, keyVersion=1, signature=[A-Z][a-z]\d/);
      assert.equal(
        masked.replace(/[A-Z](?=[a-z]\d)[a-z]\d/, 'Ab1').replace(/[a-z](?=[=%]|$)(?!gorithm)/, 'w').length,
        `algorithm=RSA256, keyVersion=1, signature=${value}`.length,
      );
      assert.ok(!masked.includes(value));
    }
    assert.match(maskedHeader(['Set-Cookie', 'sid=abc123; Path=/; HttpOnly']), /^sid=[a-z]{3}\d{3}; Path=\/; HttpOnly$/);
    assert.match(
      maskedHeader(['Location', 'https://sandbox.example/done?code=abc']),
      /^https:\/\/sandbox\.example\/[a-z]{4}\?code=[a-z]{3}$/,
    );
  });

  test('the words of a page, without what they are about', () => {
    const page = '<html><body><h1>The token of Maria Santos (maria@example.com) is not valid</h1></body></html>';
    const masked = maskedBody(page);
    assert.match(
      masked,
      /^<html><body><h1>The token of [A-Z][a-z]{4} [A-Z][a-z]{5} \([a-z]{5}@[a-z]{7}\.[a-z]{3}\) is not valid<\/h1>/,
    );
    assert.doesNotMatch(masked, /Maria|Santos|example/);
  });
});
