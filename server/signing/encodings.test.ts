import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeSignature, encodeSignature, encodingOf, encodings } from './encodings.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from(array));
/** A signature by a key of 2048 bits, as the wallets use. Its Base64 always has padding. */
const signature = fc.uint8Array({ minLength: 256, maxLength: 256 }).map((array) => Buffer.from(array));

describe('a signature’s encodings', () => {
  test('each decodes to the bytes that were encoded', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(...encodings), (value, encoding) =>
        assert.deepEqual(decodeSignature(encodeSignature(value, encoding)), value),
      ),
    );
  });

  test('each is recognised in a signature by a key of 2048 bits', () => {
    fc.assert(
      fc.property(signature, fc.constantFrom(...encodings), (value, encoding) =>
        assert.equal(encodingOf(encodeSignature(value, encoding)), encoding),
      ),
    );
  });

  test('each encodes as clients do', () => {
    const value = Buffer.from('fbff00ab', 'hex');
    assert.equal(encodeSignature(value, 'percent'), '%2B%2F8Aqw%3D%3D');
    assert.equal(encodeSignature(value, 'plain'), '+/8Aqw==');
    assert.equal(encodeSignature(value, 'base64url'), '-_8Aqw');
  });

  test('mixtures decode too: lower-case percent-encoding, base64url with padding, plain Base64 without', () => {
    for (const text of ['%2b%2f8Aqw%3d%3d', '-_8Aqw==', '+/8Aqw', '-_8Aqw%3D%3D'])
      assert.equal(decodeSignature(text)?.toString('hex'), 'fbff00ab', text);
    assert.equal(encodingOf('-_8Aqw=='), 'base64url');
    assert.equal(encodingOf('+/8Aqw'), 'base64url');
  });

  test('other texts do not decode', () => {
    for (const text of ['', '=', '%', '%zz', 'a b', 'a*b', 'ab=c', 'ab===', '%2B%', 'ñ', 'testing signature', '%252B'])
      assert.equal(decodeSignature(text), undefined, text);
  });

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void [decodeSignature(text), encodingOf(text)]));
  });
});
