import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Exchange, SignatureFinding } from '../recordings/exchange.js';
import { differencesOf, shown } from '../testing/compared-recording.js';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { emulatorForFile } from '../testing/emulator.js';
import { platformPublicKey } from '../testing/merchant.js';
import { recordRun } from '../testing/recorded-run.js';
import { maskedNote } from './masked-note.js';

const emulator = await emulatorForFile();
const recording = await recordRun(await DialectWorld.open(emulator, dialectOf('platform-v2')));

/** A recording with the recorder's findings. */
function withFindings(exchanges: Exchange[], finding: SignatureFinding, isMasked: boolean): Exchange[] {
  const signatures = { request: { verified: null }, response: finding };
  return exchanges.map((exchange) => ({ ...exchange, signatures, ...(isMasked && { isMasked }) }));
}

describe('the findings of the recorder about signatures', () => {
  const options = { platformKey: platformPublicKey };
  const other: SignatureFinding = { verified: false, content: '{clientId}.{time}.{body}' };
  const unverified: SignatureFinding = { verified: false };

  test('count without a key', async () => {
    for (const [finding, code] of [
      [other, 'signature-content'],
      [unverified, 'signature-unverified'],
    ] as const)
      assert.deepEqual((await differencesOf(withFindings(recording, finding, false))).map(shown), [`${code} undefined response`]);
  });

  test('do not count if a key can verify the bytes', async () => {
    for (const finding of [other, unverified, { verified: null }])
      assert.deepEqual(await differencesOf(withFindings(recording, finding, false), 'platform-v2', options), []);
  });

  test('count if values were replaced, because the bytes have changed', async () => {
    const masked = withFindings(recording, other, true);
    assert.deepEqual((await differencesOf(masked, 'platform-v2', options)).map(shown), ['signature-content undefined response']);
    assert.deepEqual(await differencesOf(withFindings(recording, { verified: null }, true), 'platform-v2', options), []);
  });

  test('a note says so, if a key is given', () => {
    const code = (finding: SignatureFinding, isMasked: boolean, hasKey: boolean) =>
      maskedNote(withFindings(recording, finding, isMasked), hasKey)?.code;
    assert.equal(code(other, true, true), 'recording-masked');
    assert.equal(code({ verified: null }, true, true), 'recording-masked-without-key');
    assert.equal(code(other, true, false), undefined);
    assert.equal(code(other, false, true), undefined);
  });
});
