import assert from 'node:assert/strict';
import { createPublicKey, sign } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { privateKey } from '../testing/merchant.js';
import { noHints } from '../testing/no-hints.js';
import { text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import { compileContent } from './content.js';
import { explainSignature } from './explain.js';

// The gateway's tests check each mistake over HTTP. These tests check other templates and unusual input.

const key = privateKey('demo-merchant.private.pem');
const templateText = '{method}.{path}.{clientId}.{requestId}.{time}.{body}';
const parts = { method: 'POST', path: '/v2/a', clientId: 'c1', time: '1777636800000', requestId: 'r1' };

async function explain(signed: string | Buffer, changes: Partial<Parameters<typeof explainSignature>[0]> = {}) {
  return (await explainWhole(signed, changes)).mistakes;
}

function explainWhole(signed: string | Buffer, changes: Partial<Parameters<typeof explainSignature>[0]> = {}) {
  return explainSignature({
    template: compileContent(templateText),
    templateText,
    parts,
    body: Buffer.from('{"a":1}'),
    paths: [parts.path],
    target: parts.path,
    host: 'localhost',
    signature: sign('sha256', Buffer.from(signed), key).toString('base64'),
    publicKey: createPublicKey(key),
    hints: noHints,
    ...changes,
  });
}

describe('explainSignature', () => {
  test('uses the wallet’s template', async () => {
    for (const [signed, code] of [
      ['POST /v2/a\nc1.r1.1777636800000.{"a":1}', 'content-unknown'],
      ['POST/v2/ac1r11777636800000{"a":1}', 'separator'],
      ['POST.http://localhost/v2/a.c1.r1.1777636800000.{"a":1}', 'full-url'],
      ['POST./v2/a.c1.r1.2026-05-01T12:00:00Z.{"a":1}', 'time-mismatch'],
      ['POST./v2/a.c1.r1.1777636800.{"a":1}', 'time-mismatch'],
      ['POST./v2/a.c1.r1.1777636800000.{"a": 1}', 'body-changed'],
      ['POST./v2/a.c1.r1.1777636800000.{"a":1}\n', 'body-changed'],
    ] as const) {
      assert.deepEqual(
        (await explain(signed)).map((mistake) => mistake.code),
        [code],
        signed,
      );
    }
  });

  test('tells the signed content, and the mistakes that were ruled out before it was found', async () => {
    const signed = 'POST./v2/a.c1.r1.1777636800000.{"a": 1}';
    const found = await explainWhole(signed);
    assert.equal(found.signed?.toString(), signed);
    const codes = found.ruledOut.map(({ code }) => code);
    assert.deepEqual(codes.slice(0, 4), ['wrong-key', 'not-base64', 'wrong-hash', 'previous-call']);
    assert.ok(codes.includes('path-slash') && !codes.includes('body-changed'), codes.join());
  });

  test('tells everything that was ruled out if nothing explains the content', async () => {
    const { signed, ruledOut } = await explainWhole('something else');
    assert.equal(signed, undefined);
    const tried = new Map(ruledOut.map(({ code, tried }) => [code, tried]));
    assert.equal(tried.size, ruledOut.length, 'each mistake once');
    for (const code of ['body-changed', 'separator', 'time-mismatch', 'hashed-twice', 'byte-order-mark'] as const)
      assert.ok((tried.get(code) ?? 0) > 0, code);
  });

  test('accepts a time that a Date cannot hold', async () => {
    for (const time of ['9007199254740993', '8640000000000001', '99999999999999999999', '8639999999999999', '0'])
      assert.deepEqual(
        (await explain('nothing like it', { parts: { ...parts, time } })).map((mistake) => mistake.code),
        ['content-unknown'],
        time,
      );
  });

  test('names the client whose key signed', async () => {
    const other = privateKey('demo-merchant-2.private.pem');
    const right = 'POST./v2/a.c1.r1.1777636800000.{"a":1}';
    const [mistake] = await explain(right, {
      publicKey: createPublicKey(other),
      hints: { ...noHints, otherKeys: [{ owner: text('key-owner', { clientId: 'c9' }), key: createPublicKey(key) }] },
    });
    assert.equal(mistake?.code, 'wrong-key');
    assert.match(mistake ? inEnglish(mistake.message) : '', /the client c9/);
  });

  test('reports a signature of another length', async () => {
    const [mistake] = await explain('', { signature: Buffer.alloc(128, 7).toString('base64') });
    assert.match(mistake ? inEnglish(mistake.message) : '', /128 bytes, and a signature by the registered key has 256/);
  });

  test('does not take a short value for PSS', async () => {
    // With this key, the value opens to a block that has the form of PSS.
    const mistakes = await explain('', { signature: 'DKG7' });
    assert.deepEqual(
      mistakes.map(({ code }) => code),
      ['wrong-key'],
    );
  });

  test('finds one mistake for any body and signature', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string()),
        fc.oneof(fc.string(), fc.base64String()),
        fc.string(),
        async (body, signature, time) => {
          const mistakes = await explain('', { body: Buffer.from(body), signature, parts: { ...parts, time } });
          assert.equal(mistakes.length, 1);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('handles a large, deeply nested body quickly', async () => {
    const nested = `${'['.repeat(3000)}${Array(100_000).fill(1).join()}${']'.repeat(3000)}`;
    const before = performance.now();
    assert.equal((await explain('something else', { body: Buffer.from(nested) }))[0]?.code, 'content-unknown');
    assert.ok(performance.now() - before < 5000);
  });
});
