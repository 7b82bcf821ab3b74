import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import Type, { type TSchema } from 'typebox';
import { inEnglish } from '../texts/write-text.js';
import { Changes, closed, Duration, Lifetimes, Time } from './common.js';
import { findProblem, problemText } from './problem.js';

const Thing = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    kind: Type.Optional(Type.Enum(['A', 'B'])),
    count: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
    when: Type.Optional(Time),
    lasts: Type.Optional(Duration),
    on: Type.Optional(Type.Boolean()),
    parts: Type.Optional(Type.Array(Type.Object({ id: Type.String({ description: 'the part' }) }, closed), { maxItems: 2 })),
    token: Type.Optional(Type.Union([Type.String(), Type.Object({ token: Type.String(), until: Type.Optional(Time) }, closed)])),
    'a/b~c': Type.Optional(Type.Number()),
  },
  closed,
);

describe('findProblem', () => {
  test('returns nothing for a valid value', () => {
    assert.equal(
      findProblem(Thing, {
        name: 'x',
        kind: 'A',
        count: 9,
        when: '2026-05-01T12:00:00Z',
        lasts: 'PT1H',
        parts: [{ id: '' }],
        token: { token: 't' },
        'a/b~c': 1,
      }),
      undefined,
    );
  });

  for (const [value, line] of [
    [5, 'the body: expected an object'],
    [null, 'the body: expected an object'],
    [[], 'the body: expected an object'],
    [{}, 'name: missing; expected a string'],
    [{ name: 5 }, 'name: expected a string'],
    [{ name: '' }, 'name: expected a string (at least 1 character)'],
    [{ name: 'x', kind: 'C' }, 'kind: expected one of A, B'],
    [{ name: 'x', count: 1.5 }, 'count: expected a whole number'],
    [{ name: 'x', count: 10 }, 'count: expected a whole number (<= 9)'],
    [{ name: 'x', on: 'yes' }, 'on: expected true or false'],
    [{ name: 'x', when: 'soon' }, 'when: expected a string: an ISO 8601 time, such as 2026-01-31T10:00:00Z'],
    [
      { name: 'x', lasts: 'soon' },
      'lasts: expected an ISO 8601 duration such as PT10M or P1D (in weeks, days, hours, minutes, seconds), or a number of seconds',
    ],
    [
      { name: 'x', lasts: -1 },
      'lasts: expected an ISO 8601 duration such as PT10M or P1D (in weeks, days, hours, minutes, seconds), or a number of seconds',
    ],
    [{ name: 'x', parts: {} }, 'parts: expected a list'],
    [{ name: 'x', parts: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }, 'parts: expected a list (at most 2 items)'],
    [{ name: 'x', parts: [{}] }, 'parts.0.id: missing; expected a string: the part'],
    [{ name: 'x', parts: [{ id: 'a' }, { id: 'b', more: 1 }] }, 'parts.1: unknown field "more"; allowed: id'],
    [{ name: 'x', token: { token: 5 } }, 'token.token: expected a string'],
    [{ name: 'x', token: { tokens: 't', token: 't' } }, 'token: unknown field "tokens"; allowed: token, until'],
    [{ name: 'x', token: {} }, 'token.token: missing; expected a string'],
    [{ name: 'x', token: 5 }, 'token: expected a string or an object'],
    [{ name: 'x', 'a/b~c': 'x' }, 'a/b~c: expected a number'],
    [{ name: 'x', __proto_: 1 }, 'unknown field "__proto_"; allowed: name, kind'],
  ] as const) {
    test(`${JSON.stringify(value)}: ${line}`, () => {
      const problem = findProblem(Thing, value);
      const text = problem && inEnglish(problemText(problem, 'the-body'));
      assert.ok(text?.startsWith(line), text);
    });
  }

  test('a change may have any of the fields, and no others', () => {
    const Change = Changes(Thing) as TSchema;
    assert.equal(findProblem(Change, {}), undefined);
    assert.equal(findProblem(Change, { count: 3 }), undefined);
    assert.equal(findProblem(Change, { counts: 3 })?.kind, 'unknown-field');
    assert.equal(findProblem(Lifetimes, { accessToken: 5 }), undefined);
    assert.equal(findProblem(Lifetimes, { acessToken: 5 })?.kind, 'unknown-field');
  });

  test('every problem is one line', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom('name', 'kind', 'count', 'when', 'lasts', 'parts', 'token', 'on'), fc.jsonValue()),
        ),
        (value) => {
          const problem = findProblem(Thing, value);
          if (problem !== undefined)
            assert.match(
              inEnglish(problemText(problem, 'the-body')),
              /^([^\n]+: (missing; )?expected|([^\n]+: )?unknown field) [^\n]+$/,
            );
        },
      ),
    );
  });
});
