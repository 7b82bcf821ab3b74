import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { catalogue, languages, phrase, walletLanguages } from '../pages/catalogues.js';
import { emulatorForFile } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const keysOf = (words: object, at = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' ? keysOf(value, `${at}${key}.`) : [at + key]));

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test('all languages have the same keys with the same placeholders', () => {
  assert.deepEqual([...languages].sort(), ['en', 'es']);
  const [first, ...others] = languages.map(catalogue);
  assert.ok(first);
  const keys = keysOf(first.words).sort();
  for (const other of others) {
    assert.deepEqual(keysOf(other.words).sort(), keys);
    for (const key of keys) assert.deepEqual(holes(phrase(other, key) ?? ''), holes(phrase(first, key) ?? ''), key);
  }
});

/** The texts that the wallet's own pages need; the console needs the others. */
const isOfWallet = (key: string) =>
  /^(consent|groups|scopes|claims|drawer|scopeErrors|errors|apps|result|payment|behaviour)\.|^notice\.(?!page\.|problem\.)/.test(
    key,
  ) || key === 'users.resetBehaviour';

test('a language of the wallet’s own pages has all of their texts, with the same placeholders', () => {
  const english = catalogue('en');
  const others = walletLanguages.filter((lang) => !languages.includes(lang));
  assert.deepEqual(others, ['ar']);
  for (const lang of others) {
    const other = catalogue(lang);
    assert.deepEqual(keysOf(other.words).sort(), keysOf(english.words).filter(isOfWallet).sort(), lang);
    for (const key of keysOf(other.words))
      assert.deepEqual(holes(phrase(other, key) ?? ''), holes(phrase(english, key) ?? ''), key);
  }
});

const views = join(packageRoot, 'views');
/** Key → the pages that show the text. */
const pageKeys = new Map<string, string[]>();
for (const file of readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hbs')))
  for (const [, key = ''] of readFileSync(join(views, file), 'utf8').matchAll(/\(?say "([^"]+)"/g))
    pageKeys.set(key, [...(pageKeys.get(key) ?? []), file]);

test('every text that a page uses is in the catalogue', () => {
  assert.ok(pageKeys.size > 100);
  for (const [key, files] of pageKeys)
    for (const lang of languages) assert.ok(phrase(catalogue(lang), key), `${files}: ${key} in ${lang}`);
});

test('every text that a page of the wallet uses is in the catalogue of each of its languages', () => {
  const files = [...['consent', 'payment', 'result', 'apps'].map((page) => `pages/${page}.hbs`), 'layouts/wallet.hbs'];
  for (const file of files)
    for (const [, partial] of readFileSync(join(views, file), 'utf8').matchAll(/\{\{> ([\w-]+)/g))
      if (!files.includes(`partials/${partial}.hbs`)) files.push(`partials/${partial}.hbs`);
  assert.ok(files.includes('partials/scope-line.hbs'));
  for (const [key, users] of pageKeys)
    if (users.some((user) => files.includes(user.replaceAll('\\', '/')))) assert.ok(isOfWallet(key), key);
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
      for (const lang of walletLanguages) {
        const said = (part: string) => phrase(catalogue(lang), `scopes.${name}.${part}`);
        assert.ok(words?.[lang]?.title ?? said('title'), `${wallet}: ${name} in ${lang}`);
        assert.ok(words?.[lang]?.description ?? said('description'), `${wallet}: ${name} in ${lang}`);
        assert.ok(phrase(catalogue(lang), `groups.${group}`), `${wallet}: ${group} in ${lang}`);
      }
    }
  }
});

test('every text of the catalogue is used, in a page or by its key in the code', () => {
  const server = join(packageRoot, 'server');
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test|\.d)\.ts$/.test(file));
  const code = files.map((file) => readFileSync(join(server, file), 'utf8')).join('\n');
  const literals = new Set(
    Array.from(code.matchAll(/'([^'\n]+)'|`([^`\n]+)`/g), ([, plain, template]) => plain ?? template ?? ''),
  );
  // `notice.${reason}` stands for each text under it.
  const patterns = [...literals]
    .filter((literal) => /^\w+\.(?:[\w.]|\$\{[^}]*\})+$/.test(literal) && literal.includes('${'))
    .map((literal) => new RegExp(`^${literal.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '.+')}(?:\\..+)?$`));
  const isUsed = (key: string) => pageKeys.has(key) || literals.has(key) || patterns.some((pattern) => pattern.test(key));
  assert.deepEqual(
    keysOf(catalogue('en').words).filter((key) => !isUsed(key)),
    [],
  );
});
