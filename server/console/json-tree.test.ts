import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type JsonNode, jsonTree } from './json-tree.js';

function write({ key, text, open, close, children = [], comma }: JsonNode): string {
  const value = text ?? `${open}${children.map(write).join('')}${close}`;
  return (key === undefined ? '' : `${key}:`) + value + (comma ? ',' : '');
}

test('a tree has everything of the JSON, in its order', () => {
  const collection = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(collection, (value) => {
      const text = JSON.stringify(value);
      assert.equal(write(jsonTree(text) as JsonNode), text);
    }),
  );
});

test('values stay as they were written', () => {
  const text = '{"id":12345678901234567890,"id":1.50,"name":"\\u00e9","list":[[],{},[1,[2]]]}';
  assert.equal(write(jsonTree(text) as JsonNode), text);
  assert.equal(write(jsonTree(` {\n "a" : [ 1 , 2 ] }\n`) as JsonNode), '{"a":[1,2]}');
});

test('other texts have no tree', () => {
  for (const text of ['', 'text', '"text"', '7', '{', '{"a":1}…', '[1,]', '['.repeat(8000) + ']'.repeat(8000)])
    assert.equal(jsonTree(text), undefined, text.slice(0, 20));
});
