import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { inEnglish } from '../texts/write-text.js';
import { compileFields, type FieldsReader } from './fields.js';
import type { FieldSource } from './operation-schema.js';

// The documented limits are tested over HTTP, in testing/dialects. These tests are about the options of a field.

function messageOf(reading: ReturnType<FieldsReader>): string | undefined {
  return 'message' in reading ? inEnglish(reading.message) : undefined;
}

function read(source: FieldSource, value: unknown, strict = false) {
  const reading = compileFields({ f: source }, strict)({ f: value });
  return 'field' in reading ? inEnglish(reading.message) : reading.fields.f;
}

describe('a field', () => {
  test('is renamed to the engine’s name for it', () => {
    assert.deepEqual(compileFields({ referenceClientId: { as: 'authClient' } }, false)({ referenceClientId: 'c' }), {
      fields: { authClient: 'c' },
    });
  });

  test('is required only if the profile is strict', () => {
    assert.equal(read({ required: 'strict' }, undefined), undefined);
    assert.match(String(read({ required: 'strict' }, undefined, true)), /^f is missing: expected a string/);
  });

  test('is required only if another field has a value, whatever their order is', () => {
    const f = { required: { kind: 'A' } };
    for (const sources of [
      { kind: {}, f },
      { f, kind: {} },
    ]) {
      const reader = compileFields(sources, false);
      assert.deepEqual(reader({ kind: 'B' }), { fields: { kind: 'B' } });
      assert.equal(messageOf(reader({ kind: 'A' })), 'f is missing: expected a string when kind is A');
    }
  });

  test('of type list accepts a list or a string with commas', () => {
    for (const value of [['a', 'b'], 'a,b', 'a, b']) assert.deepEqual(read({ type: 'list' }, value), ['a', 'b']);
    assert.match(String(read({ type: 'list' }, ['a', 5])), /f is a list: expected a string or a list of strings/);
    assert.match(String(read({ type: 'list' }, 5)), /f is a number/);
    assert.match(String(read({ type: 'list', max: 2 }, ['abc'])), /f has an entry that is too long/);
    assert.match(String(read({ type: 'list', enum: ['a'] }, ['b'])), /f has an entry that is "b": expected one of a/);
  });

  test('of type text accepts a string or an object, which becomes JSON', () => {
    assert.equal(read({ type: 'text' }, { a: 1 }), '{"a":1}');
    assert.equal(read({ type: 'text' }, 'x'), 'x');
    assert.match(String(read({ type: 'text', max: 5 }, { a: 10 })), /too long: at most 5 characters, and it has 8/);
    assert.match(String(read({ type: 'text' }, [1])), /f is a list/);
  });

  test('may have a pattern, and the message contains its hint', () => {
    assert.equal(read({ pattern: '^\\d+$', hint: 'digits' }, '12'), '12');
    assert.match(String(read({ pattern: '^\\d+$', hint: 'digits' }, 'x')), /f is "x": expected digits/);
    assert.match(String(read({ pattern: '^\\d+$' }, 'x')), /text that matches/);
  });

  test('may have aliases: other spellings of its values', () => {
    const source: FieldSource = { enum: ['A', 'B'], aliases: { a: 'A' } };
    assert.deepEqual([read(source, 'a'), read(source, 'A')], ['A', 'A']);
    assert.match(String(read(source, 'b')), /^f is "b": expected one of A, B, a$/);
    assert.deepEqual(read({ ...source, type: 'list' }, ['B', 'a']), ['B', 'A']);
    const reader = compileFields({ kind: source, f: { required: { kind: 'A' } } }, false);
    assert.equal(messageOf(reader({ kind: 'a' })), 'f is missing: expected a string when kind is A');
  });

  test('is ignored if it is not declared', () => {
    assert.deepEqual(compileFields({}, true)({ a: 1, __proto__: 2 }), { fields: {} });
  });

  test('is read, or the message begins with its name', () => {
    const source = fc.record(
      {
        type: fc.constantFrom<'string' | 'list' | 'text' | 'any'>('string', 'list', 'text', 'any'),
        required: fc.boolean(),
        max: fc.integer({ min: 1, max: 9 }),
        form: fc.constant('id' as const),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(source, fc.jsonValue(), (declared, value) => {
        const reading = compileFields({ f: declared }, false)({ f: value });
        if ('field' in reading) assert.ok(reading.field === 'f' && inEnglish(reading.message).startsWith('f '));
        else if (value === null || value === '') assert.deepEqual(reading.fields, {});
      }),
    );
  });
});
