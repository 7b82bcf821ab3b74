import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { english } from './english/english.js';
import { spanish } from './spanish/spanish.js';
import { quote, type TextCode, text } from './text.js';
import { inEnglish, inLanguage } from './write-text.js';

const codes = Object.keys(english) as TextCode[];
const namesIn = (template: string) => [...new Set(Array.from(template.matchAll(/\{([^{}]*)\}/g), ([, name]) => name))].sort();

describe('the sentences', () => {
  test('have the same codes and values in each language', () => {
    assert.deepEqual(Object.keys(spanish).sort(), [...codes].sort());
    for (const code of codes) assert.deepEqual(namesIn(spanish[code]), namesIn(english[code]), code);
  });

  test('have values with plain names', () => {
    for (const code of codes) for (const name of namesIn(english[code])) assert.match(name ?? '', /^\w+$/, code);
  });

  test('are translated, unless they are a word that is the same or only values', () => {
    const same = codes.filter((code) => english[code] === spanish[code]);
    assert.deepEqual(same.sort(), [
      'field-description',
      'field-wrong',
      'forms-both',
      'granted-parts',
      'is-null',
      'kind-described',
      'kind-limited',
      'problem-at',
      'quoted',
    ]);
  });

  test('are each in one table', async () => {
    const tables = await Promise.all(
      readdirSync(new URL('./english', import.meta.url))
        .filter((file) => /-texts\.js$/.test(file))
        .map((file) => import(new URL(`./english/${file}`, import.meta.url).href) as Promise<Record<string, object>>),
    );
    const listed = tables.flatMap((table) => Object.values(table).flatMap(Object.keys));
    assert.deepEqual([...new Set(listed)].sort(), listed.sort());
  });
});

describe('a sentence', () => {
  const granted = text('granted-parts', {
    parts: [text('user-agreed', { scopes: ['USER_ID', 'USER_NAME'] }), text('scope-silent', { scope: 'auth_base' })],
  });

  test('is written in the language that is asked for, else in English', () => {
    assert.equal(inEnglish(granted), 'the user agreed to USER_ID, USER_NAME; auth_base is silent');
    assert.equal(inLanguage(granted, 'es'), 'el usuario aceptó USER_ID, USER_NAME; auth_base se concede sin preguntar');
    assert.equal(inLanguage(granted, 'pt'), inEnglish(granted));
  });

  test('has the description of a field in each language, as the guides have it', () => {
    const described = text('field-description', { english: 'the value of --wallet' });
    assert.deepEqual([inEnglish(described), inLanguage(described, 'es')], ['the value of --wallet', 'el valor de --wallet']);
    const other = text('field-description', { english: 'a description that no guide has' });
    assert.equal(inLanguage(other, 'es'), inEnglish(other));
  });

  test('shows values as they are, also if they look like a name of a value', () => {
    assert.equal(inEnglish(text('code-issued', { reason: quote('{reason} $& $1') })), 'an authCode was issued: {reason} $& $1');
  });
});
