import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFixtures } from '../records/fixtures.js';
import type { UserRecord } from '../records/schema.js';
import { emulatorForFile, newWorld, users } from '../testing/emulator.js';
import { walletLanguages } from './catalogues.js';
import { noteInWords } from './note-text.js';

const emulator = await emulatorForFile();

function noteOf(changes: Partial<UserRecord>, lang = 'en', consent: 'ask' | 'grant' | 'deny' = 'ask'): string {
  const { tenant } = newWorld(emulator);
  tenant.changeSettings({ consent });
  tenant.put('user', 'ana', { userId: 'ana', name: 'Ana', ...changes });
  const user = tenant.users.get('ana');
  assert.ok(user);
  return noteInWords(tenant, user, lang);
}

test('a user’s note says what the user does, by the behaviour', () => {
  const expected: [UserRecord['behaviour'], string][] = [
    [undefined, 'Decides on the consent screen'],
    [{ consent: 'grant' }, 'Grants everything'],
    [{ consent: 'deny', denyScopes: ['USER_NAME'] }, 'Refuses everything'],
    [{ consent: 'grant', denyScopes: ['A', 'B'] }, 'Refuses A and B, grants the rest'],
    [{ scopeErrors: { A: '40006' } }, 'Refuses A, decides on the rest on the consent screen'],
    [{ error: 1005 }, 'Every authorization fails with error 1005'],
    [{ consent: 'grant', delay: 'PT3S' }, 'Grants everything, after 3 sec'],
    [{ consent: 'grant', lifetimes: { accessToken: 'PT5S' } }, 'Grants everything; access tokens live 5 sec'],
  ];
  for (const [behaviour, note] of expected) assert.equal(noteOf({ ...(behaviour && { behaviour }) }), note);
  assert.equal(noteOf({ behaviour: { consent: 'deny' } }, 'es'), 'Rechaza todo');
  assert.equal(noteOf({ behaviour: { consent: 'grant', denyScopes: ['A', 'B'] } }, 'es'), 'Rechaza A y B, y acepta lo demás');
});

test('the setting decides for a user without a behaviour, and the note says so', () => {
  assert.equal(noteOf({}, 'en', 'grant'), 'Grants everything (by the setting “consent”)');
  assert.equal(noteOf({ behaviour: { consent: 'ask' } }, 'en', 'deny'), 'Decides on the consent screen');
});

test('the note of the record follows, in the language of the page, else in English, else in any language', () => {
  const note = { en: 'Has two cards', es: 'Tiene dos tarjetas' };
  assert.equal(noteOf({ note }, 'es'), 'Decide en la pantalla de consentimiento. Tiene dos tarjetas');
  assert.equal(noteOf({ note: { pt: 'Tem dois', en: 'Has two' } }, 'es'), 'Decide en la pantalla de consentimiento. Has two');
  assert.equal(noteOf({ note: { pt: 'Tem dois' } }), 'Decides on the consent screen. Tem dois');
  assert.equal(noteOf({ note: 'Without a language' }), 'Decides on the consent screen. Without a language');
  assert.equal(noteOf({ note: {} }), 'Decides on the consent screen');
});

test('a note that may describe an earlier behaviour is left out', () => {
  const { tenant } = newWorld(emulator);
  const record = { userId: users.tomas, name: 'Tomás', note: 'Always agrees', behaviour: { consent: 'grant' } } as const;
  tenant.put('user', users.tomas, record);
  const note = () => noteInWords(tenant, tenant.users.get(users.tomas) as never, 'en');
  assert.equal(note(), 'Grants everything. Always agrees');
  tenant.put('user', users.tomas, { ...record, behaviour: { consent: 'deny' } });
  assert.equal(note(), 'Refuses everything');
});

test('the notes of the built-in users are in every language', () => {
  for (const { userId, record } of loadFixtures(undefined).users.values())
    if (record.note !== undefined)
      assert.deepEqual(Object.keys(record.note).sort(), [...walletLanguages].sort(), `the note of ${userId}`);
});
