import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { inEnglish } from '../texts/write-text.js';
import { encodingOf } from './encodings.js';
import { formatSignatureHeader, parseSignatureHeader } from './signature-header.js';

const value = 'ab%2Bcd==';

function mistakeIn(header: string, own?: string): string {
  const parsed = parseSignatureHeader(header, own);
  return 'mistake' in parsed ? inEnglish(parsed.mistake) : '';
}

describe('the Signature header', () => {
  test('parses every form that clients send', () => {
    for (const [header, algorithm, keyVersion] of [
      [`algorithm=RSA256, keyVersion=1, signature=${value}`, 'RSA256', '1'],
      [`algorithm=RSA256,keyVersion=2,signature=${value}`, 'RSA256', '2'],
      [`signature=${value} ,  keyVersion = 0 , algorithm=rsa256`, 'rsa256', '0'],
      [`ALGORITHM=SHA256withRSA, SIGNATURE=${value}`, 'SHA256withRSA', undefined],
      [`signature=${value}`, 'RSA256', undefined],
      [`algorithm=RSA256, other, =x, signature=${value}, keyVersion=`, 'RSA256', ''],
    ] as const) {
      assert.deepEqual(
        parseSignatureHeader(header),
        { algorithm, ...(keyVersion !== undefined && { keyVersion }), signature: value, encoding: 'percent' },
        header,
      );
    }
  });

  test('keeps equals signs inside the value', () => {
    assert.deepEqual(parseSignatureHeader('signature=a=b=c=='), { algorithm: 'RSA256', signature: 'a=b=c==', encoding: 'plain' });
  });

  test('says what is missing or wrong', () => {
    for (const header of ['', 'testing_signature', 'algorithm=RSA256, keyVersion=1', 'signature=', 'signature']) {
      assert.match(mistakeIn(header), /no "signature="/, header);
    }
    assert.match(mistakeIn(`algorithm=HMAC, signature=${value}`), /algorithm is HMAC: expected RSA256/);
    assert.match(mistakeIn(`algorithm=HMAC, signature=${value}`, 'RSA-2048'), /algorithm is HMAC: expected RSA-2048/);
  });

  test('accepts the wallet’s name for the algorithm, and the usual names', () => {
    for (const algorithm of ['RSA-2048', 'rsa-2048', 'RSA256'])
      assert.deepEqual(parseSignatureHeader(`algorithm=${algorithm}, signature=${value}`, 'RSA-2048'), {
        algorithm,
        signature: value,
        encoding: 'percent',
      });
  });

  test('is written in the order that clients expect, and parses back', () => {
    assert.equal(formatSignatureHeader('RSA256', value), `algorithm=RSA256, keyVersion=1, signature=${value}`);
    fc.assert(
      fc.property(fc.base64String({ minLength: 1 }), (signature) => {
        assert.deepEqual(parseSignatureHeader(formatSignatureHeader('RSA256', signature)), {
          algorithm: 'RSA256',
          keyVersion: '1',
          signature,
          encoding: encodingOf(signature),
        });
      }),
    );
  });
});
