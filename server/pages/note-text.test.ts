import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadFixtures } from '../records/fixtures.js';
import { languages } from './catalogues.js';
import { noteInWords } from './note-text.js';

describe('a user’s note', () => {
  const user = { userId: '1', name: 'Ana' };

  test('is in the language of the page', () => {
    const note = { en: 'Refuses everything', es: 'Rechaza todo' };
    assert.equal(noteInWords({ ...user, note }, 'es'), 'Rechaza todo');
    assert.equal(noteInWords({ ...user, note }, 'en'), 'Refuses everything');
  });

  test('is in English, else in any language, if it lacks the page’s language', () => {
    assert.equal(noteInWords({ ...user, note: { pt: 'Recusa tudo', en: 'Refuses everything' } }, 'es'), 'Refuses everything');
    assert.equal(noteInWords({ ...user, note: { pt: 'Recusa tudo' } }, 'es'), 'Recusa tudo');
    assert.equal(noteInWords({ ...user, note: 'Without a language' }, 'es'), 'Without a language');
    assert.equal(noteInWords({ ...user, note: {} }, 'es'), null);
    assert.equal(noteInWords(user, 'es'), null);
  });

  test('of each built-in user is in every language', () => {
    for (const { userId, record } of loadFixtures(undefined).users.values())
      assert.deepEqual(Object.keys(record.note ?? {}).sort(), [...languages].sort(), `the note of ${userId}`);
  });
});
