import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compileTree } from './tree.js';

const context = { timeOffset: '-05:00', baseUrl: 'http://127.0.0.1:4010' };
const user = {
  userId: 'u1',
  nickName: 'Luci',
  empty: '',
  none: null,
  gender: 'FEMALE',
  list: [{ kind: 'A', value: 'a1' }, { kind: 'B', value: 'b1' }, { kind: 'A', value: '' }, null],
};
const fill = (tree: unknown, variables: object = { user, at: 0 }) => compileTree(tree, '')(variables, context);

describe('a tree', () => {
  test('fills in paths and leaves out fields without a value, at any depth', () => {
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

  test('does not read inherited properties', () => {
    for (const path of [
      '$user.constructor',
      '$user.toString',
      '$__proto__',
      '$user.list.length.constructor',
      '$user.userId.length',
    ])
      assert.equal(fill(path), undefined, path);
  });

  test('reads list items by index', () => {
    assert.equal(fill('$user.list.1.value'), 'b1');
  });

  test('keeps any other value, and reads $$ as a dollar sign', () => {
    assert.deepEqual(fill({ text: 'plain', price: '$$5', twice: '$$$x', number: 5, no: false, list: [1, 'a'] }), {
      text: 'plain',
      price: '$5',
      twice: '$$x',
      number: 5,
      no: false,
      list: [1, 'a'],
    });
  });

  test('applies converters in order', () => {
    assert.equal(fill('$at | time'), '1969-12-31T19:00:00-05:00');
    assert.equal(fill('$user.list | first | json'), '{"kind":"A","value":"a1"}');
    assert.equal(fill('$user.nothing | time'), undefined);
  });

  test('maps a list with $each and $item, and filters it with $where', () => {
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

  test('sorts a list with $order: listed values first, and others as they were', () => {
    const order = (...kind: string[]) => fill({ $each: '$user.list', $order: { kind }, $item: '$item.value' });
    assert.deepEqual(order('B', 'A'), ['b1', 'a1']);
    assert.deepEqual(order('A', 'B'), ['a1', 'b1']);
    assert.deepEqual(order('B'), ['b1', 'a1']);
    assert.deepEqual(order('C'), ['a1', 'b1']);
  });

  test('renames values with $enum and keeps other values', () => {
    const tree = { $from: '$user.gender', $enum: { FEMALE: 'F', MALE: 'M' } };
    assert.equal(fill(tree), 'F');
    assert.equal(fill(tree, { user: { gender: 'OTHER' } }), 'OTHER');
    assert.equal(fill(tree, { user: {} }), undefined);
    assert.equal(fill(tree, { user: { gender: 'constructor' } }), 'constructor');
    const whole = { ...tree, $else: 'X', $none: '?' };
    assert.deepEqual([fill(whole), fill(whole, { user: { gender: 'OTHER' } }), fill(whole, { user: {} })], ['F', 'X', '?']);
    assert.equal(fill({ ...tree, $else: 'X' }, { user: {} }), undefined, 'a missing value is not renamed');
  });

  test('adds the fields of $flatten; fields of the tree win', () => {
    assert.deepEqual(fill({ $flatten: '$info', b: 'own' }, { info: { a: 1, b: 2 } }), { a: 1, b: 'own' });
    assert.deepEqual(fill({ $flatten: '$nothing', b: 'own' }), { b: 'own' });
  });

  test('never returns null or ""', () => {
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

test('an invalid tree is rejected with the path of the mistake', () => {
  for (const [tree, message] of [
    [{ a: '$' }, 'response.a: expected a path such as "$user.nickName", got "$"'],
    [{ a: { b: '$user..x' } }, 'response.a.b: expected a path'],
    [{ a: ['$user x'] }, 'response.a.0: expected a path'],
    [{ a: '$user.x | upper' }, 'response.a: unknown converter "upper"; allowed: time, '],
    [{ a: '$user.x | toString' }, 'response.a: unknown converter "toString"; '],
    [{ a: { $map: 1 } }, 'response.a.$map: unknown keyword; allowed: $each with $item'],
    [{ a: { $from: '$x', $enum: 'F' } }, 'response.a.$enum: expected an object'],
    [{ a: { $each: '$x y', $item: '$item' } }, 'response.a.$each: expected a path'],
    [{ a: { $each: '$x' } }, 'response.a.$item: missing; expected a tree over $item'],
    [
      { a: { $each: '$x', $item: '$item', $were: {} } },
      'response.a.$were: unknown field; allowed: $each, $where, $order, $item, $first',
    ],
    [
      { a: { $each: '$x', $item: '$item', $order: ['A'] } },
      'response.a.$order: expected one field and the list of its values, such as ',
    ],
    [{ a: { $each: '$x', $item: '$item', $order: { a: [], b: [] } } }, 'response.a.$order: expected one field and the list'],
    [{ a: { $from: '$x', $enum: {}, other: 1 } }, 'response.a.other: unknown field; allowed: $from'],
  ] as const) {
    assert.throws(
      () => compileTree(tree, 'response'),
      (error: Error) => {
        assert.ok(error.message.startsWith(message), error.message);
        return true;
      },
    );
  }
});

test('a tree may use only the allowed variables', () => {
  const each = { a: { $each: '$user.list', $item: { b: '$item.kind', c: '$user.userId' } } };
  assert.ok(compileTree(each, 'response', ['user']));
  for (const [tree, message] of [
    [{ a: '$usr.userId' }, 'response.a: unknown variable $usr; allowed: $user, $grant'],
    [{ a: ['$item'] }, 'response.a.0: unknown variable $item; allowed: $user, $grant'],
    [{ a: { $each: '$list', $item: '$item' } }, 'response.a.$each: unknown variable $list; '],
    [
      { a: { $each: '$user.list', $item: { b: '$x' } } },
      'response.a.$item.b: unknown variable $x; allowed: $user, $grant, $item',
    ],
    [{ a: { $from: '$x', $enum: {} } }, 'response.a.$from: unknown variable $x; '],
    [{ $flatten: '$x' }, 'response.$flatten: unknown variable $x; '],
  ] as const) {
    assert.throws(
      () => compileTree(tree, 'response', ['user', 'grant']),
      (error: Error) => error.message.startsWith(message),
      message,
    );
  }
});
