import assert from 'node:assert/strict';
import { createPublicKey, sign } from 'node:crypto';
import { describe, test } from 'node:test';
import { privateKey } from '../testing/merchant.js';
import { noHints } from '../testing/no-hints.js';
import { inEnglish } from '../texts/write-text.js';
import { compileContent } from './content.js';
import { parseSignatureHeader } from './signature-header.js';
import { type SignedCall, type SigningRules, verifyCall } from './verify-call.js';

const key = privateKey('demo-merchant.private.pem');
const templateText = '{method} {path}\n{clientId}.{time}.{body}';
const parts = { method: 'POST', path: '/v2/a', clientId: 'c1', time: '1777636800000', requestId: '' };

function verify(signedText: string, call: Partial<SignedCall> = {}, rules: Partial<SigningRules> = {}) {
  const signature = sign('sha256', Buffer.from(signedText), key).toString('base64');
  return verifyCall(
    {
      parts,
      sentPath: '/t/one/v2/a',
      target: '/t/one/v2/a',
      host: 'localhost',
      body: Buffer.from('{}'),
      signature: parseSignatureHeader(`signature=${signature}`),
      ...call,
    },
    {
      template: compileContent(templateText),
      templateText,
      publicKey: createPublicKey(key),
      hints: () => assert.fail('only a signature that does not verify needs hints'),
      ...rules,
    },
  );
}

describe('verifyCall', () => {
  test('returns the path that the signature covers', async () => {
    for (const path of ['/v2/a', '/t/one/v2/a'])
      assert.deepEqual(await verify(`POST ${path}\nc1.1777636800000.{}`), { verified: true, path, mistakes: [] });
  });

  test('accepts the path alone, and the path with the query as it was sent', async () => {
    const signed = (path: string) =>
      verify(`POST ${path}\nc1.1777636800000.{}`, { target: '/t/one/v2/a?x=%20&y' }, { hints: () => noHints });
    for (const path of ['/v2/a', '/t/one/v2/a', '/v2/a?x=%20&y', '/t/one/v2/a?x=%20&y'])
      assert.deepEqual(await signed(path), { verified: true, path, mistakes: [] });
    for (const path of ['/v2/a?', '/v2/a?y&x=%20', '/v2/a?x=1']) assert.equal((await signed(path)).verified, false, path);
  });

  test('explains a signature over something else', async () => {
    const hints = () => ({ ...noHints, clientIds: ['c2'] });
    const { verified, mistakes } = await verify('POST /v2/a\nc2.1777636800000.{}', {}, { hints });
    assert.equal(verified, false);
    assert.deepEqual(
      mistakes.map(({ code }) => code),
      ['client-id-mismatch'],
    );
  });

  test('names what is missing: the header, its value, or the client’s key', async () => {
    const mistakeOf = async (call: Partial<SignedCall>, rules?: Partial<SigningRules>) =>
      (await verify('', call, rules)).mistakes.map(({ code, message }) => [code, inEnglish(message)]);
    assert.match(JSON.stringify(await mistakeOf({ signature: undefined })), /"unsigned-request".*Signature is missing/);
    assert.match(JSON.stringify(await mistakeOf({ signature: parseSignatureHeader('x') })), /"not-base64".*cannot be read/);
    assert.match(JSON.stringify(await mistakeOf({}, { publicKey: undefined })), /"wrong-key".*the client c1 has no publicKey/);
  });
});
