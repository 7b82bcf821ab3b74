import assert from 'node:assert/strict';
import { test } from 'node:test';
import { converters } from './converters.js';

const context = { timeOffset: '+08:00', baseUrl: 'http://127.0.0.1:4010' };

test('each converter returns the documented form', () => {
  for (const [name, value, converted] of [
    ['time', 1559016732000, '2019-05-28T12:12:12+08:00'],
    ['time-ms', 1559016732045, '2019-05-28T12:12:12.045+08:00'],
    ['time-ms', 'soon', undefined],
    ['time-utc', 1559016732045, '2019-05-28T04:12:12Z'],
    ['time-utc', 'soon', undefined],
    ['time-utc-ms', 1559016732045, '2019-05-28T04:12:12.045Z'],
    ['epoch-s', 1559016732945, '1559016732'],
    ['epoch-s', '1991-04-23', '672364800'],
    ['epoch-s', 'soon', undefined],
    ['number', '1559016732000', 1559016732000],
    ['number', '-1.5', -1.5],
    ['number', 'one', undefined],
    ['text', 20, '20'],
    ['text', true, 'true'],
    ['text', 'as it is', 'as it is'],
    ['epoch-ms', 1559016732000, '1559016732000'],
    ['epoch-ms', '1991-04-23', '672364800000'],
    ['epoch-ms', '9999-99-99', undefined],
    ['epoch-ms', Number.NaN, undefined],
    ['time', 'soon', undefined],
    ['mask', '13800000000', '138****0000'],
    ['mask', '+525501427390', '+5255****7390'],
    ['mask', 'merchant@example.com', 'm***@example.com'],
    ['mask', '1234567', '1***'],
    ['hash', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['url', 'avatars/a b.png', 'http://127.0.0.1:4010/wallet/files/avatars/a%20b.png'],
    ['url', '/avatars/a.png', 'http://127.0.0.1:4010/wallet/files/avatars/a.png'],
    ['url', 'https://img.example/a.png', 'https://img.example/a.png'],
    ['country-name', 'ZA', 'South Africa'],
    ['country-name', 'ZX', 'ZX'],
    ['country-name', 'South Africa', 'South Africa'],
    ['json', { a: [1] }, '{"a":[1]}'],
    ['first', [3, 4], 3],
    ['first', 'one', 'one'],
    ['first', [], undefined],
    ['without-extend-info', { extendInfo: 1, a: [{ extendInfo: {}, b: 2 }] }, { a: [{ b: 2 }] }],
  ] as const) {
    assert.deepEqual(converters[name]?.(value, context), converted, `${name} of ${JSON.stringify(value)}`);
  }
});

test('a masked value never equals the original', () => {
  for (const value of ['+18095550142', 'tomas.arrieta@example.com', 'ab', '@', 'a@b', '12345678'])
    assert.notEqual(converters.mask?.(value, context), value);
});
