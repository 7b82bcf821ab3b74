import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shorten } from '../engine/outcomes.js';
import type { JournalEntry } from './entry.js';
import { presentEntry } from './present.js';

const secret = '28101003abcdefghijklmnopqrstuvwxyz';
const entry: JournalEntry = {
  id: '1',
  kind: 'openapi',
  at: Date.parse('2026-05-01T12:00:00Z'),
  method: 'POST',
  path: `/v2/x/${secret}`,
  status: 200,
  reason: `accessToken ${secret} expired`,
  durationMs: 1,
  findings: [],
  request: {
    headers: { 'agent-token': 'agent-token-of-somebody', 'client-id': 'c1', cookie: undefined },
    body: `{"accessToken":"${secret}","authCode" : "another-code-that-nobody-noted"}`,
  },
  response: { headers: {}, body: `{"refreshToken":"refresh-token-that-nobody-noted"}` },
  secrets: [secret],
};

describe('an entry as it is shown', () => {
  test('has its codes and tokens shortened, wherever they stand', () => {
    const text = JSON.stringify(presentEntry(entry, shorten));
    for (const whole of [secret, 'another-code-that-nobody-noted', 'refresh-token-that-nobody-noted', 'agent-token-of-somebody'])
      assert.ok(!text.includes(whole), whole);
    assert.ok(text.includes(shorten(secret)) && text.includes('"client-id":"c1"'));
    assert.ok(!text.includes('secrets'));
  });

  test('has them whole where that is asked for', () => {
    const shown = presentEntry(entry);
    assert.deepEqual(
      [shown.path, shown.reason, shown.request, shown.response],
      [entry.path, entry.reason, entry.request, entry.response],
    );
  });

  test('has its time in ISO 8601', () => {
    assert.equal(presentEntry(entry).at, '2026-05-01T12:00:00.000Z');
  });
});
