import assert from 'node:assert/strict';
import test from 'node:test';
import { findingCodes } from '../engine/finding-codes.js';
import { languages } from '../pages/catalogues.js';
import { quote } from '../texts/text.js';
import { buildEntry, type CallFacts } from './build-entry.js';
import type { JournalEntry } from './entry.js';
import { findingTexts } from './finding-texts.js';
import { gatherFindings } from './findings.js';

const message = { headers: {}, body: '' };

/** Entries with these facts, newest first. */
function entries(...facts: Partial<CallFacts>[]): JournalEntry[] {
  return facts.map((changes, index) => ({
    ...buildEntry({
      ...{ kind: 'openapi', method: 'POST', path: '/v2/x', status: 200, durationMs: 1 },
      ...{ at: 1000 - index, reason: quote('done'), request: message, response: message },
      ...changes,
    }),
    id: String(facts.length - index),
  }));
}

test('findings are grouped by code, the most recently seen first', () => {
  const found = gatherFindings(
    entries({ findings: ['token-in-browser'] }, { findings: ['auth-code-kept', 'token-in-browser'] }, { findings: [] }),
  );
  assert.deepEqual(
    found.map(({ code, count, firstSeen, lastSeen, entries }) => ({ code, count, firstSeen, lastSeen, entries })),
    [
      { code: 'token-in-browser', count: 2, firstSeen: 999, lastSeen: 1000, entries: ['3', '2'] },
      { code: 'auth-code-kept', count: 1, firstSeen: 999, lastSeen: 999, entries: ['2'] },
    ],
  );
});

test('a finding carries its text, in English or in the language that is asked for', () => {
  const noticed = entries({ findings: ['auth-code-reused'] });
  const [english] = gatherFindings(noticed);
  const [spanish] = gatherFindings(noticed, 'es');
  assert.deepEqual(
    [english?.title, spanish?.title],
    [findingTexts['auth-code-reused'].en.title, findingTexts['auth-code-reused'].es.title],
  );
  assert.equal(spanish?.message, `${spanish?.explanation} ${spanish?.whatToDo}`);
});

test('a signature mistake has the message of the newest call', () => {
  const made = (words: string): Partial<CallFacts> => ({
    findings: ['separator'],
    signature: { mode: 'required', verified: false, mistakes: [{ code: 'separator', message: quote(words) }] },
  });
  assert.equal(gatherFindings(entries(made('the newest'), made('the oldest')))[0]?.message, 'the newest');
});

test('each finding has a whole text in each language of the pages', () => {
  for (const code of findingCodes) {
    assert.deepEqual(Object.keys(findingTexts[code]).sort(), [...languages].sort(), code);
    for (const { title, explanation, whatToDo, rule } of Object.values(findingTexts[code])) {
      assert.match(title, /^\p{L}.*[^.]$/u, code);
      for (const sentence of [explanation, whatToDo]) assert.match(sentence, /^\p{Lu}.*\.$/u, `${code}: ${sentence}`);
      assert.match(rule, /^\p{Lu}.*[^.]$/u, code);
    }
  }
});
