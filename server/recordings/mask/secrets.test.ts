import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formOf } from '../../comparison/forms.js';
import { anyJson } from '../../testing/arbitrary-json.js';
import { exchangeWith, newMask } from '../../testing/mask-input.js';
import type { Exchange } from '../exchange.js';
import { harEntry } from '../write-har.js';
import { maskExchange } from './mask-exchange.js';

/** Secrets, long enough not to occur by chance. */
const letters = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: length, maxLength: length + 6 });
const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
const digitsOf = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length + 5 }).map((text) => `7${text}`);
const secret = fc.oneof(
  digitsOf(9),
  digitsOf(15),
  fc.stringMatching(/^[0-9A-Za-z]{24,40}$/),
  fc.stringMatching(/^[0-9a-f]{32}$/),
  fc.uuid(),
  fc.tuple(letters(6), letters(7)).map(([first, last]) => `${capital(first)} ${capital(last)}`),
  fc.tuple(letters(6), letters(5)).map(([name, host]) => `${name}@${host}.com`),
  letters(7).map((street) => `Calle ${capital(street)}ñá 123, Piso 4 "B"`),
  fc
    .date({ min: new Date('1930-01-01'), max: new Date('2015-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.stringMatching(/^玛丽[一-十]{6,9}$/),
  digitsOf(9).map((digits) => `+63-${digits}`),
);

const base64Json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
/** A value with a secret in it. */
const holder: fc.Arbitrary<(secret: string) => unknown> = fc.constantFrom<((secret: string) => unknown)[]>(
  (value) => value,
  (value) => [value, { any: value }],
  (value) => JSON.stringify({ inner: value }),
  (value) => base64Json({ inner: value }),
  (value) =>
    `${base64Json({ alg: 'none' }).replace(/=+$/, '')}.${Buffer.from(JSON.stringify({ sub: value })).toString('base64url')}.c2ln`,
  (value) => Buffer.from(value).toString('base64'),
  (value) => `https://any.example/${encodeURIComponent(value)}?who=${encodeURIComponent(value)}&n=1`,
  (value) => `https://any.example/?${new URLSearchParams({ data: JSON.stringify({ value }) })}`,
  (value) => `a=1&who=${encodeURIComponent(value)}`,
);
const fieldNames = fc.constantFrom(
  'authCode',
  'accessToken',
  'userId',
  'nickName',
  'birthday',
  'contactNo',
  'any',
  'code',
  'expiryTime',
  'extendInfo',
  'loginIdType',
);

const recording = fc.array(
  fc.record({
    first: secret,
    second: secret,
    hold: holder,
    hold2: holder,
    name: fieldNames,
    name2: fieldNames,
    form: fc.boolean(),
    notification: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);
type Drawn = typeof recording extends fc.Arbitrary<infer Value> ? Value : never;

function exchangesOf(drawn: Drawn): Exchange[] {
  return drawn.map(({ first, second, hold, hold2, name, name2, form, notification }) =>
    exchangeWith({
      notification,
      url: `https://sandbox.example/v2/authorizations/applyToken.htm?id=${encodeURIComponent(first)}`,
      requestHeaders: [
        ['Client-Id', encodeURIComponent(second)],
        ['Authorization', `Bearer ${encodeURIComponent(first)}`],
        ['Cookie', `sid=${encodeURIComponent(first)}`],
      ],
      requestBody: form ? new URLSearchParams({ a: first, [name]: second }).toString() : { [name]: hold(first), [name2]: second },
      headers: [['X-Any', encodeURIComponent(second)]],
      body: { result: { resultCode: 'SUCCESS' }, [name2]: hold2(second), deep: { [name]: hold(first) } },
    }),
  );
}

/** A file's text, with everything that its Base64 and its addresses hide. */
function uncovered(text: string, depth = 3): string {
  if (depth === 0) return text;
  const hidden = [...text.matchAll(/[\w+/-]{8,}={0,2}/g)].map(([found]) => Buffer.from(found, 'base64').toString());
  const plain = [
    text.replaceAll('\\"', '"').replaceAll('\\\\', '\\'),
    text.replaceAll('+', ' ').replace(/%[0-9A-F]{2}(?:%[0-9A-F]{2})*/g, (part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    }),
  ];
  return [
    text,
    ...[...new Set([...hidden, ...plain])].filter((one) => one !== text).map((one) => uncovered(one, depth - 1)),
  ].join('\n');
}

describe('a masked recording', () => {
  const masked = (exchanges: readonly Exchange[]) => {
    const mask = newMask();
    return exchanges.map((exchange) => maskExchange(exchange, mask));
  };

  test('has no secret anywhere', () => {
    fc.assert(
      fc.property(recording, (drawn) => {
        const file = uncovered(masked(exchangesOf(drawn)).map(harEntry).join('\n'));
        for (const { first, second } of drawn)
          for (const value of [first, second])
            for (const written of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
              assert.ok(!file.includes(written), `${written} in ${file}`);
      }),
      { numRuns: 300 },
    );
  });

  test('does not change if it is masked again', () => {
    fc.assert(
      fc.property(recording, (drawn) => {
        const once = masked(exchangesOf(drawn));
        assert.deepEqual(masked(once).map(harEntry), once.map(harEntry));
      }),
      { numRuns: 300 },
    );
  });

  test('keeps lengths, forms and equal values', () => {
    fc.assert(
      fc.property(fc.uniqueArray(secret, { minLength: 2, maxLength: 12 }), fieldNames, (secrets, name) => {
        const body = secrets.flatMap((value) => [{ [name]: value }, { other: value }]);
        const [exchange] = masked([exchangeWith({ body })]);
        const after = (JSON.parse(String(exchange?.response?.body)) as Record<string, string>[]).map(
          (item) => Object.values(item)[0] as string,
        );
        secrets.forEach((value, index) => {
          const [one = '', other] = after.slice(index * 2, index * 2 + 2);
          assert.equal(one, other);
          assert.equal(one.length, value.length);
          assert.deepEqual(formOf(one), formOf(value), `${value} → ${one}`);
        });
        assert.equal(new Set(after).size, secrets.length);
      }),
      { numRuns: 300 },
    );
  });

  test('of any JSON keeps its structure', () => {
    const shape = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shape);
      if (typeof value !== 'object' || value === null) return typeof value;
      // An object has its numeric keys first, in their order. Other numbers in their place can have another order.
      const shapes = Object.values(value).map((inner) => JSON.stringify(shape(inner)));
      return { shapes: shapes.sort() };
    };
    fc.assert(
      fc.property(anyJson, (value) => {
        const [exchange] = masked([exchangeWith({ body: { value } })]);
        const after = JSON.parse(String(exchange?.response?.body));
        if (JSON.stringify(value).length < 2000) assert.deepEqual(shape(after.value), shape(value));
      }),
      { numRuns: 60 },
    );
  });
});
