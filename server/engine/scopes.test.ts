import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ScopeRule, Scopes } from './scopes.js';
import { customerIdOf, readsAnything, readUser } from './user-info.js';

const rule = (name: string, more: Partial<ScopeRule> = {}): ScopeRule => ({
  name,
  silent: false,
  covers: new Set([name, ...(more.covers ?? [])]),
  ...more,
});
const scopes = new Scopes([
  rule('ID', { silent: true, read: () => ({}) }),
  rule('ALL', { covers: new Set(['ALL', 'NAME', 'PHONE']) }),
  rule('NAME', { read: () => ({ name: { first: 'F', last: 'L' } }) }),
  rule('PHONE', {
    read: () => ({
      phones: [
        { no: '***', kind: 'A' },
        { no: '***', kind: 'B' },
      ],
    }),
  }),
  rule('WHOLE_PHONE', { read: () => ({ phones: [{ no: '123' }] }) }),
  rule('KYC', { silentForOwnApps: true }),
  rule('PUSH'),
]);

describe('scopes of a request are sorted', () => {
  const sort = (wanted: string[], { registered = '*' as '*' | string[], remembered = [] as string[], own = false } = {}) =>
    scopes.sort(wanted, registered, remembered, own);

  test('into silent, remembered, asked and unavailable, in order, each once', () => {
    assert.deepEqual(sort(['PUSH', 'ID', 'NOPE', 'NAME', 'PUSH', 'ID'], { remembered: ['NAME'] }), {
      silent: ['ID'],
      remembered: ['NAME'],
      ask: ['PUSH'],
      unavailable: [{ scope: 'NOPE', known: false }],
    });
  });

  test('a scope that the client is not registered for is unavailable, even if it is silent or remembered', () => {
    const { unavailable, ask } = sort(['ID', 'NAME', 'PUSH'], { registered: ['PUSH'], remembered: ['NAME'] });
    assert.deepEqual(unavailable, [
      { scope: 'ID', known: true },
      { scope: 'NAME', known: true },
    ]);
    assert.deepEqual(ask, ['PUSH']);
  });

  test('a remembered scope includes the scopes that it covers, but not the scopes that cover it', () => {
    assert.deepEqual(sort(['NAME', 'PHONE', 'WHOLE_PHONE'], { remembered: ['ALL'] }), {
      silent: [],
      remembered: ['NAME', 'PHONE'],
      ask: ['WHOLE_PHONE'],
      unavailable: [],
    });
    assert.deepEqual(sort(['ALL'], { remembered: ['NAME', 'PHONE'] }).ask, ['ALL']);
  });

  test('some are silent for the wallet’s own mini programs', () => {
    assert.deepEqual(sort(['KYC'], { own: true }).silent, ['KYC']);
    assert.deepEqual(sort(['KYC']).ask, ['KYC']);
  });

  test('names of built-in object properties are ordinary names', () => {
    assert.deepEqual(
      sort(['constructor', '__proto__', '']).unavailable.map(({ known }) => known),
      [false, false, false],
    );
  });
});

describe('granted scopes', () => {
  const user = { userId: 'u1' };

  test('read the userId, and the fields that they cover', () => {
    assert.deepEqual(readUser(user, ['ID'], scopes), { userId: 'u1' });
    assert.deepEqual(readUser(user, ['NAME', 'PUSH'], scopes), { userId: 'u1', name: { first: 'F', last: 'L' } });
    assert.deepEqual(Object.keys(readUser(user, ['ALL'], scopes)), ['userId', 'name', 'phones']);
  });

  test('are merged in the wallet’s order, not in the order of granting', () => {
    const phones = [
      { no: '123', kind: 'A' },
      { no: '***', kind: 'B' },
    ];
    for (const granted of [
      ['PHONE', 'WHOLE_PHONE'],
      ['WHOLE_PHONE', 'PHONE'],
      ['WHOLE_PHONE', 'ALL'],
    ])
      assert.deepEqual(readUser(user, granted, scopes).phones, phones);
  });

  test('are merged by the type of an item, if it has one', () => {
    const mail = { type: 'no type', contactType: 'EMAIL', no: 'm***' };
    const phones = ['1***', '2***'].map((no) => ({ contactType: 'PHONE', no }));
    const list = new Scopes([
      rule('ALL', { read: () => ({ contacts: [mail, ...phones] }) }),
      rule('PHONES', {
        read: () => ({
          contacts: [
            { contactType: 'PHONE', no: '123' },
            { contactType: 'PHONE', no: '234' },
          ],
        }),
      }),
      rule('FAX', { read: () => ({ contacts: [{ contactType: 'FAX', no: '9' }] }) }),
      rule('HASH', { read: () => ({ contacts: [{ hash: 'h' }] }) }),
    ]);
    const read = (...granted: string[]) => readUser(user, granted, list).contacts;
    const [one, two] = [
      { contactType: 'PHONE', no: '123' },
      { contactType: 'PHONE', no: '234' },
    ];
    assert.deepEqual(read('ALL', 'PHONES'), [mail, one, two]);
    assert.deepEqual(read('ALL', 'FAX'), [mail, ...phones, { contactType: 'FAX', no: '9' }]);
    assert.deepEqual(read('ALL', 'HASH'), [{ ...mail, hash: 'h' }, ...phones]);
    assert.deepEqual(read('PHONES', 'HASH'), [{ ...one, hash: 'h' }, two]);
  });

  test('give the customerId of the first one that has one, else the userId', () => {
    const list = new Scopes([
      rule('ID'),
      rule('SHOP', { customerId: (own) => (own as { shop?: string }).shop }),
      rule('BOTH', { covers: new Set(['BOTH', 'SHOP']) }),
    ]);
    const owner = { ...user, shop: 's1' };
    assert.equal(customerIdOf(owner, ['ID'], list), 'u1');
    assert.equal(customerIdOf(owner, ['ID', 'SHOP'], list), 's1');
    assert.equal(customerIdOf(owner, ['BOTH'], list), 's1');
    assert.equal(customerIdOf(user, ['SHOP'], list), 'u1');
  });

  test('read nothing if they only let the server do something', () => {
    assert.ok(!readsAnything(['PUSH', 'KYC'], scopes) && !readsAnything([], scopes) && !readsAnything(['NOPE'], scopes));
    assert.ok(readsAnything(['PUSH', 'ID'], scopes) && readsAnything(['ALL'], scopes));
  });
});
