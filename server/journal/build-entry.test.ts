import assert from 'node:assert/strict';
import test from 'node:test';
import { callFacts } from '../testing/call-facts.js';
import { buildEntry } from './build-entry.js';

const facts = callFacts();
const bodyOf = (body: string | Buffer) => buildEntry({ ...facts, request: { headers: {}, body } }).request.body;

test('undefined facts are left out', () => {
  const { findings, secrets, ...entry } = buildEntry({ ...facts, userId: undefined, scopes: undefined, clientId: 'c1' });
  assert.deepEqual(Object.keys(entry).sort(), [...Object.keys(facts), 'clientId'].sort());
  assert.deepEqual([findings, secrets], [[], []]);
});

test('the duration is rounded to hundredths of a millisecond', () => {
  assert.equal(buildEntry({ ...facts, durationMs: 1.23456 }).durationMs, 1.23);
});

test('a finding that was noticed twice in one call is listed once', () => {
  const { findings } = buildEntry({ ...facts, findings: ['unsigned-request', 'token-in-browser', 'unsigned-request'] });
  assert.deepEqual(findings, ['unsigned-request', 'token-in-browser']);
});

test('a body is cut after 16 KiB, and never within a code or token', () => {
  assert.equal(bodyOf('x'.repeat(16_384)).length, 16_384);
  const body = `${'x '.repeat(8190)}"authCode":"281011cuPsseDpSwnNv6Gi2GsMNEzooX"`;
  for (const cut of [bodyOf(body), bodyOf(Buffer.from(body))]) {
    assert.match(cut, /x "… \(\d+ characters more\)$/);
    assert.equal(cut.indexOf('…') + Number(/\d+(?= characters)/.exec(cut)?.[0]), body.length);
  }
  assert.match(bodyOf(`${' '.repeat(16_380)}"281011cuPsseDpSwnNv6"`), / "… \(21 characters more\)$/);
});

test('a long body of one word loses at most 4 KiB at the cut', () => {
  const cut = bodyOf('x'.repeat(100_000));
  assert.equal(cut.indexOf('…'), 16_384 - 4096);
});
