import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadFixtures } from '../records/fixtures.js';
import { languages } from './catalogues.js';
import { noteInWords } from './note-text.js';

describe('what a user is good for', () => {
  const user = { userId: '1', name: 'Ana' };

  test('is said in the language of the page', () => {
    const note = { en: 'Refuses everything', es: 'Rechaza todo' };
    assert.equal(noteInWords({ ...user, note }, 'es'), 'Rechaza todo');
    assert.equal(noteInWords({ ...user, note }, 'en'), 'Refuses everything');
  });

  test('is said in English, then in any, where it does not speak that', () => {
    assert.equal(noteInWords({ ...user, note: { pt: 'Recusa tudo', en: 'Refuses everything' } }, 'es'), 'Refuses everything');
    assert.equal(noteInWords({ ...user, note: { pt: 'Recusa tudo' } }, 'es'), 'Recusa tudo');
    assert.equal(noteInWords({ ...user, note: 'In no language of its own' }, 'es'), 'In no language of its own');
    assert.equal(noteInWords({ ...user, note: {} }, 'es'), null);
    assert.equal(noteInWords(user, 'es'), null);
  });

  test('every built-in note speaks every language', () => {
    for (const { userId, record } of loadFixtures(undefined).users.values())
      assert.deepEqual(Object.keys(record.note ?? {}).sort(), [...languages].sort(), `the note of ${userId}`);
  });
});
