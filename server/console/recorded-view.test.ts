import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildEntry } from '../journal/build-entry.js';
import type { RecordedFacts } from '../journal/entry.js';
import { callFacts } from '../testing/call-facts.js';
import { recordedView } from './recorded-view.js';

const content = '{method} {path}\n{clientId}.{time}.{body}';
const signed = { verified: true, encoding: 'percent', algorithm: 'RSA256', content };

/** The sentences about a call. Those that show a disagreement begin with an exclamation mark. */
function sentences(facts: Partial<RecordedFacts>, verified: boolean | null = true, { isSigned = true, lang = 'en' } = {}) {
  const recorded = { address: 'https://sandbox.example/v2/a', accepted: true, agrees: true, answer: signed, ...facts };
  const { emulator: _, ...stored } = recorded;
  const entry = {
    ...buildEntry(
      callFacts({
        kind: 'recorded',
        resultCode: 'SUCCESS',
        recorded: stored,
        signature: { mode: 'required', verified, mistakes: [] },
        request: { headers: isSigned ? { signature: 's' } : {}, body: '' },
      }),
    ),
    id: '1',
  };
  return recordedView(recorded, entry, content, lang).sentences.map(
    ({ sentence, isProblem }) => (isProblem ? '! ' : '') + sentence,
  );
}

test('the verdicts of the platform and the emulator on the signature of a request', () => {
  for (const [accepted, verified, agrees, expected] of [
    [true, true, true, /^The platform accepted .* verifies here too/],
    [false, false, true, /^! The platform refused .* does not verify here either/],
    [true, false, false, /^! The platform accepted .* does not verify here/],
    [false, true, false, /^! The platform refused .* but it verifies here/],
    [true, null, null, /^The platform accepted the request\. Its signature was not checked here/],
    [false, null, null, /^! The platform refused .* was not checked here/],
    [null, true, null, /^The answer does not tell/],
  ] as const)
    assert.match(sentences({ accepted, agrees }, verified)[0] ?? '', expected);
  const unsigned = (accepted: boolean | null) => sentences({ accepted, agrees: null }, null, { isSigned: false })[0];
  assert.deepEqual([true, false, null].map(unsigned), [
    'The request has no signature, and the platform accepted it.',
    '! The request has no signature.',
    'The request has no signature.',
  ]);
});

test('the signature of an answer', () => {
  const about = (answer: RecordedFacts['answer']) => sentences({ answer })[1] ?? '';
  assert.match(about(signed), /^The signature of the answer verifies .* algorithm RSA256, encoding percent\.$/);
  assert.match(
    about({ ...signed, content: '{time}.{body}' }),
    /^! .* It covers "\{time\}\.\{body\}", but the profile says "\{method\} /,
  );
  assert.match(about({ ...signed, verified: false }), /^! The signature of the answer does not verify/);
  assert.match(about({ verified: null, encoding: 'percent' }), /^The signature of the answer was not checked: .*algorithm is —/);
  assert.equal(about({ verified: null }), '! The answer has no signature.');
});

test('what the emulator would have answered', () => {
  const emulator = { status: 200, resultStatus: 'S', resultCode: 'SUCCESS', reason: 'done', headers: {}, body: '{}' };
  assert.equal(sentences({ emulator })[2], 'The emulator would have answered SUCCESS too.');
  const other = { ...emulator, resultCode: 'USED_CODE', reason: 'the code was used' };
  assert.equal(sentences({ emulator: other })[2], '! The emulator would have answered USED_CODE: the code was used');
  assert.equal(
    sentences({ emulator: other }, true, { lang: 'es' })[2],
    '! El emulador habría respondido USED_CODE: the code was used',
  );
});
