import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { catalogue, languages, phrase } from '../pages/catalogues.js';
import { emulatorForFile } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const keysOf = (words: object, at = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' ? keysOf(value, `${at}${key}.`) : [at + key]));

test('all languages have the same keys with the same placeholders', () => {
  assert.deepEqual([...languages].sort(), ['en', 'es']);
  const [first, ...others] = languages.map(catalogue);
  assert.ok(first);
  const keys = keysOf(first.words).sort();
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const other of others) {
    assert.deepEqual(keysOf(other.words).sort(), keys);
    for (const key of keys) assert.deepEqual(holes(phrase(other, key) ?? ''), holes(phrase(first, key) ?? ''), key);
  }
});

test('every text that a page uses is in the catalogue', () => {
  const views = join(packageRoot, 'views');
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
  assert.ok(files.length > 10);
  for (const file of files)
    for (const [, key = ''] of readFileSync(join(views, file), 'utf8').matchAll(/\(?say "([^"]+)"/g))
      for (const lang of languages) assert.ok(phrase(catalogue(lang), key), `${file}: ${key} in ${lang}`);
});

const emulator = await emulatorForFile();

test('every scope that a wallet asks for has a title, a description and a group in every language', async () => {
  const folder = join(packageRoot, 'fixtures', 'wallets');
  const control = new Tester(emulator);
  for (const wallet of readdirSync(folder).map((file) => file.replace('.json', ''))) {
    await control.put('/settings', { wallet });
    const { scopes } = emulator.tenants.get(control.tenant).profile.source;
    for (const [name, { consent, words, group = 'other' }] of Object.entries(scopes)) {
      if (consent !== 'asked') continue;
      for (const lang of languages) {
        const said = (part: string) => phrase(catalogue(lang), `scopes.${name}.${part}`);
        assert.ok(words?.[lang]?.title ?? said('title'), `${wallet}: ${name} in ${lang}`);
        assert.ok(words?.[lang]?.description ?? said('description'), `${wallet}: ${name} in ${lang}`);
        assert.ok(phrase(catalogue(lang), `groups.${group}`), `${wallet}: ${group} in ${lang}`);
      }
    }
  }
});
