import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shorten } from '../engine/outcomes.js';
import { text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import type { JournalEntry } from './entry.js';
import { presentEntry } from './present.js';

const secret = '28101003abcdefghijklmnopqrstuvwxyz';
const issuedElsewhere = '28101003zyxwvutsrqponmlkjihgfedcba';
const issuer = { issued: (word: string) => word === issuedElsewhere };
const entry: JournalEntry = {
  id: '1',
  kind: 'openapi',
  at: Date.parse('2026-05-01T12:00:00Z'),
  method: 'POST',
  path: `/v2/x/${secret}`,
  status: 200,
  reason: text('refresh-token-used', { value: secret, usedAt: 'noon' }),
  durationMs: 1,
  findings: [],
  request: {
    headers: { 'agent-token': 'agent-token-of-somebody', 'client-id': 'c1', cookie: undefined },
    body: `{"accessToken":"${secret}","authCode" : "another-code-that-nobody-noted","extendInfo":"${issuedElsewhere}"}`,
  },
  response: { headers: {}, body: `{"refreshToken":"refresh-token-that-nobody-noted"}` },
  secrets: [secret],
};

describe('a presented entry', () => {
  test('has its codes and tokens shortened everywhere', () => {
    const shown = JSON.stringify(presentEntry(entry, issuer, false));
    const secrets = [secret, issuedElsewhere, 'another-code-that-nobody-noted', 'refresh-token-that-nobody-noted'];
    for (const whole of [...secrets, 'agent-token-of-somebody']) assert.ok(!shown.includes(whole), whole);
    assert.ok(shown.includes(shorten(secret)) && shown.includes('"client-id":"c1"'));
    assert.ok(!shown.includes('secrets'));
  });

  test('has codes, tokens and passwords shortened that are in a form, a query, a header, or JSON in JSON', () => {
    const written = {
      'a form': { body: 'grantType=AUTHORIZATION_CODE&authCode=code-of-another-platform&x=1' },
      'another form': { body: 'access_token=code-of-another-platform' },
      'a query': { headers: { referer: 'https://shop.example/?x=1&refreshToken=code-of-another-platform#top' } },
      'a multipart form': {
        body: '--b\r\nContent-Disposition: form-data; name="authCode"\r\nContent-Type: text/plain\r\n\r\ncode-of-another-platform\r\n--b--',
      },
      'an address': { headers: { location: 'https://shop.example/?token=code-of-another-platform' } },
      'JSON in JSON': { body: JSON.stringify({ text: JSON.stringify({ password: 'code-of-another-platform' }) }) },
      'the header Set-Cookie': { headers: { 'Set-Cookie': 'sid=code-of-another-platform; Path=/' } },
      'the header X-Api-Key': { headers: { 'X-Api-Key': 'code-of-another-platform' } },
      'the header Proxy-Authorization': { headers: { 'Proxy-Authorization': 'Basic code-of-another-platform' } },
    };
    for (const [place, message] of Object.entries(written)) {
      const shown = presentEntry({ ...entry, request: { headers: {}, body: '', ...message } }, issuer, false);
      assert.ok(!JSON.stringify(shown).includes('code-of-another-platform'), place);
    }
    const request = { headers: {}, body: 'grantType=AUTHORIZATION_CODE&authCode=code-of-another-platform&x=1' };
    assert.equal(
      presentEntry({ ...entry, request }, issuer, false).request.body,
      'grantType=AUTHORIZATION_CODE&authCode=code-o…form&x=1',
    );
  });

  test('has whole codes and tokens if secrets are shown', () => {
    const shown = presentEntry(entry, issuer, true);
    assert.deepEqual(
      [shown.path, shown.reason, shown.request, shown.response],
      [entry.path, inEnglish(entry.reason), entry.request, entry.response],
    );
  });

  test('has its reason in the language that is asked for, English by default', () => {
    assert.match(presentEntry(entry, issuer, false).reason, /^refreshToken .* was used at noon/);
    assert.match(presentEntry(entry, issuer, false, 'es').reason, /^el refreshToken .* se usó el noon/);
  });

  test('has its time in ISO 8601', () => {
    assert.equal(presentEntry(entry, issuer, false).at, '2026-05-01T12:00:00.000Z');
  });
});
