import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { compileContent } from './content.js';
import { findTemplate, type SignedMessage } from './find-template.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const own = '{method} {path}\n{clientId}.{time}.{body}';
const path = '/api/open/v2/users/inquiryUserInfo';
const body = Buffer.from('{"accessToken":"x"}');
const parts = { method: 'POST', path, clientId: 'c1', time: '2026-01-31T10:00:00Z', requestId: 'r1' };

function signed(content: Buffer, hash = 'sha256'): SignedMessage {
  return {
    signature: createSign(hash).update(content).sign(privateKey, 'base64'),
    parts,
    url: new URL(`https://wallet.example${path}?a=1`),
    prefixes: ['', '/api/open'],
    body,
  };
}

describe('the template of a signed content', () => {
  for (const template of [
    own,
    '{method} {path}\n{clientId}.{time}{body}',
    '{method}.{path}.{clientId}.{requestId}.{time}.{body}',
    '{clientId}.{time}.{body}',
    '{time}|{clientId}|{path}|{body}',
    '{time}{clientId}\n{body}',
    '{method} {path}\n{time}&{clientId}&{body}',
    '{path}\n{requestId}\n{time}\n{body}',
  ])
    test(`is found: ${JSON.stringify(template)}`, () => {
      const message = signed(compileContent(template)(parts, body));
      assert.deepEqual(findTemplate(message, publicKey, [own]), { madeByKey: true, template });
    });

  for (const [name, signedPath] of [
    ['pathWithoutPrefix', '/v2/users/inquiryUserInfo'],
    ['pathWithQuery', `${path}?a=1`],
    ['url', `https://wallet.example${path}`],
  ] as const)
    test(`names another path: ${name}`, () => {
      const message = signed(compileContent(own)({ ...parts, path: signedPath }, body));
      assert.equal(findTemplate(message, publicKey, [own]).template, own.replace('{path}', `{${name}}`));
    });

  test('comes with another hash', () => {
    const message = signed(compileContent(own)(parts, body), 'sha512');
    assert.deepEqual(findTemplate(message, publicKey, [own]), { madeByKey: true, template: own, hash: 'SHA512' });
  });

  test('is searched among the known ones only, if asked for', () => {
    const message = signed(compileContent('{time}.{body}')(parts, body));
    assert.deepEqual(findTemplate(message, publicKey, [own], true), { madeByKey: true });
    assert.equal(findTemplate(message, publicKey, [own, '{time}.{body}'], true).template, '{time}.{body}');
  });

  test('is not found for another content, or another key', () => {
    assert.deepEqual(findTemplate(signed(Buffer.from('something else')), publicKey, [own]), { madeByKey: true });
    assert.deepEqual(findTemplate(signed(body), stranger.publicKey, [own]), { madeByKey: false });
    assert.deepEqual(findTemplate({ ...signed(body), signature: 'testing_signature' }, publicKey, [own]), { madeByKey: false });
  });
});
