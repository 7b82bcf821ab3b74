import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compileContent } from './content.js';

const parts = { method: 'POST', path: '/v2/a', clientId: 'c1', time: 't1', requestId: 'r1' };

describe('a content template', () => {
  test('joins the parts', () => {
    const build = compileContent('{method} {path}\n{clientId}.{time}.{body}');
    assert.equal(build(parts, Buffer.from('{"a":1}')).toString(), 'POST /v2/a\nc1.t1.{"a":1}');
    const other = compileContent('{method}.{path}.{clientId}.{requestId}.{time}.{body}');
    assert.equal(other(parts, Buffer.from('')).toString(), 'POST./v2/a.c1.r1.t1.');
  });

  test('does not change the bytes of the body', () => {
    const build = compileContent('{time}.{body}');
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(build(parts, Buffer.from(bytes)).subarray(3), Buffer.from(bytes))),
    );
  });

  test('does not replace names inside a part', () => {
    assert.equal(
      compileContent('{clientId}.{time}.{body}')({ ...parts, clientId: '{time}' }, Buffer.alloc(0)).toString(),
      '{time}.t1.',
    );
  });

  test('rejects an unknown name, and a body that is not last', () => {
    assert.throws(() => compileContent('{host}.{body}'), /unknown name \{host\}; allowed: \{method\}/);
    for (const template of ['', '{body}.', '{time}', '{body}.{time}', '{body}.{body}'])
      assert.throws(() => compileContent(template), /expected \{body\}( once,)? at the end/);
  });
});
