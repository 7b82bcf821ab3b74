import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileSource } from '../testing/profile.js';
import { hasTokenForm, opaqueTokens, randomText } from './token-factory.js';

test('codes and tokens have the wallet’s form, and are unique', () => {
  const source = profileSource();
  const tokenFactory = opaqueTokens(source);
  const about = { clientId: 'c', appId: undefined, userId: 'u', scopes: [], issuedAt: 0, issuer: undefined };
  for (const [make, { prefix = '', length }] of [
    [() => tokenFactory.authCode(), source.tokens.authCode],
    [() => tokenFactory.accessToken(about, 1), source.tokens.accessToken],
    [() => tokenFactory.refreshToken(about, 1), source.tokens.refreshToken],
  ] as const) {
    const made = Array.from({ length: 200 }, () => make() as string);
    assert.equal(new Set(made).size, 200);
    for (const value of made)
      assert.ok(value.startsWith(prefix) && value.length === length && /^[0-9A-Za-z]+$/.test(value), value);
    assert.ok(length - prefix.length >= 22, 'unguessable: at least 130 bits');
  }
});

test('random text has the requested length', () => {
  for (const length of [0, 1, 32, 1000]) assert.match(randomText(length), new RegExp(`^[0-9A-Za-z]{${length}}$`));
});

test('a word has the form of a token if its prefix and length fit, or if it is a JWT of a wallet that issues JWTs', () => {
  const source = profileSource();
  const tokenFactory = opaqueTokens(source);
  const code = tokenFactory.authCode();
  assert.deepEqual(
    [code, code.slice(1), `${code}x`, '1000001119398804001'].map((word) => hasTokenForm(word, source)),
    [true, false, false, false],
  );
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln';
  assert.equal(hasTokenForm(jwt, source), false);
  assert.equal(hasTokenForm(jwt, { ...source, tokens: { ...source.tokens, form: 'jwt' } }), true);
});
