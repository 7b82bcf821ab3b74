import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compileTree } from './tree.js';

const surroundings = { timeOffset: '-05:00', baseUrl: 'http://127.0.0.1:4010' };
const user = {
  userId: 'u1',
  nickName: 'Luci',
  empty: '',
  none: null,
  gender: 'FEMALE',
  list: [{ kind: 'A', value: 'a1' }, { kind: 'B', value: 'b1' }, { kind: 'A', value: '' }, null],
};
const fill = (tree: unknown, known: object = { user, at: 0 }) => compileTree(tree, '')(known, surroundings);

describe('a tree', () => {
  test('fills in paths, and leaves out what has no value, at any depth', () => {
    assert.deepEqual(
      fill({
        id: '$user.userId',
        gone: '$user.nothing',
        empty: '$user.empty',
        none: '$user.none',
        deep: { more: '$user.nothing.at.all' },
      }),
      { id: 'u1' },
    );
    assert.equal(fill({ gone: '$nothing' }), undefined);
    assert.deepEqual(fill({}), {});
    assert.deepEqual(fill(['$user.userId', '$nothing', 5]), ['u1', 5]);
    assert.deepEqual(fill({ list: '$user.list' }), {
      list: [{ kind: 'A', value: 'a1' }, { kind: 'B', value: 'b1' }, { kind: 'A' }],
    });
  });

  test('does not reach what an object has by nature', () => {
    for (const path of [
      '$user.constructor',
      '$user.toString',
      '$__proto__',
      '$user.list.length.constructor',
      '$user.userId.length',
    ])
      assert.equal(fill(path), undefined, path);
  });

  test('reads lists by position', () => {
    assert.equal(fill('$user.list.1.value'), 'b1');
  });

  test('what is no reference stands for itself, and $$ for a dollar', () => {
    assert.deepEqual(fill({ text: 'plain', price: '$$5', twice: '$$$x', number: 5, no: false, list: [1, 'a'] }), {
      text: 'plain',
      price: '$5',
      twice: '$$x',
      number: 5,
      no: false,
      list: [1, 'a'],
    });
  });

  test('goes through converters, in their order', () => {
    assert.equal(fill('$at | time'), '1969-12-31T19:00:00-05:00');
    assert.equal(fill('$user.list | first | json'), '{"kind":"A","value":"a1"}');
    assert.equal(fill('$user.nothing | time'), undefined);
  });

  test('$each maps a list, $where picks from it, $item says how', () => {
    assert.deepEqual(fill({ $each: '$user.list', $where: { kind: 'A' }, $item: { is: '$item.value', of: '$user.userId' } }), [
      { is: 'a1', of: 'u1' },
      { of: 'u1' },
    ]);
    assert.deepEqual(fill({ $each: '$user.list', $where: { kind: 'A' }, $item: '$item.value' }), ['a1']);
    assert.deepEqual(fill({ $each: '$user.list', $where: { kind: 'B' }, $item: '$item' }), [{ kind: 'B', value: 'b1' }]);
    assert.equal(fill({ $each: '$user.list', $where: { kind: 'C' }, $item: '$item' }), undefined);
    assert.equal(fill({ $each: '$user.nickName', $item: 1 }), undefined);
    assert.equal(fill({ $each: '$nothing', $item: 1 }), undefined);
  });

  test('$enum renames values, and lets others through', () => {
    const tree = { $from: '$user.gender', $enum: { FEMALE: 'F', MALE: 'M' } };
    assert.equal(fill(tree), 'F');
    assert.equal(fill(tree, { user: { gender: 'OTHER' } }), 'OTHER');
    assert.equal(fill(tree, { user: {} }), undefined);
    assert.equal(fill(tree, { user: { gender: 'constructor' } }), 'constructor');
    const whole = { ...tree, $else: 'X', $none: '?' };
    assert.deepEqual([fill(whole), fill(whole, { user: { gender: 'OTHER' } }), fill(whole, { user: {} })], ['F', 'X', '?']);
    assert.equal(fill({ ...tree, $else: 'X' }, { user: {} }), undefined, 'what is not there is not renamed');
  });

  test('$flatten lays an object’s fields among the others, which win', () => {
    assert.deepEqual(fill({ $flatten: '$info', b: 'own' }, { info: { a: 1, b: 2 } }), { a: 1, b: 'own' });
    assert.deepEqual(fill({ $flatten: '$nothing', b: 'own' }), { b: 'own' });
  });

  test('never gives null or "", whatever it is filled in from', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text =
          JSON.stringify(fill({ a: '$v', b: ['$v'], c: { $each: '$v', $item: '$item' }, d: { $flatten: '$v' } }, { v: value })) ??
          '';
        JSON.parse(text || '0', (_, part) => {
          assert.ok(part !== null && part !== '');
          return part;
        });
      }),
    );
  });
});

test('what is wrong with a tree is said, with its place', () => {
  for (const [tree, message] of [
    [{ a: '$' }, '/a: expected a path such as "$user.nickName", got "$"'],
    [{ a: { b: '$user..x' } }, '/a/b: expected a path'],
    [{ a: ['$user x'] }, '/a/0: expected a path'],
    [{ a: '$user.x | upper' }, '/a: there is no converter "upper": expected one of time, '],
    [{ a: '$user.x | toString' }, '/a: there is no converter "toString"'],
    [{ a: { $map: 1 } }, '/a/$map: expected $each, $item'],
    [{ a: { $from: '$x', $enum: 'F' } }, '/a/$enum: expected an object'],
    [{ a: { $each: '$x y', $item: '$item' } }, '/a/$each: expected a path'],
    [{ a: { $each: '$x' } }, '/a/$item: expected a tree over $item'],
    [{ a: { $each: '$x', $item: '$item', $were: {} } }, '/a/$were: expected none but $each, $where, $item, $first here'],
    [{ a: { $from: '$x', $enum: {}, other: 1 } }, '/a/other: expected none but $from'],
  ] as const) {
    assert.throws(
      () => compileTree(tree, ''),
      (error: Error) => {
        assert.ok(error.message.startsWith(message), error.message);
        return true;
      },
    );
  }
});

test('a tree that may speak of some names speaks of no others', () => {
  const each = { a: { $each: '$user.list', $item: { b: '$item.kind', c: '$user.userId' } } };
  assert.ok(compileTree(each, '', ['user']));
  for (const [tree, message] of [
    [{ a: '$usr.userId' }, '/a: there is no $usr here: expected one of $user, $grant'],
    [{ a: ['$item'] }, '/a/0: there is no $item here: expected one of $user, $grant'],
    [{ a: { $each: '$list', $item: '$item' } }, '/a/$each: there is no $list here'],
    [{ a: { $each: '$user.list', $item: { b: '$x' } } }, '/a/$item/b: there is no $x here: expected one of $user, $grant, $item'],
    [{ a: { $from: '$x', $enum: {} } }, '/a/$from: there is no $x here'],
    [{ $flatten: '$x' }, '/$flatten: there is no $x here'],
  ] as const) {
    assert.throws(
      () => compileTree(tree, '', ['user', 'grant']),
      (error: Error) => error.message.startsWith(message),
      message,
    );
  }
});
