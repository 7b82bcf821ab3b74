import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from './package-root.js';
import { allSpanishTexts, englishWords, wordsOf } from './testing/spanish-texts.js';

const texts = allSpanishTexts();

/** The words of the last column of the table in CONTRIBUTING.md: each as a regular expression, with the words to use instead. */
const rejected = (() => {
  const contributing = readFileSync(join(packageRoot, 'CONTRIBUTING.md'), 'utf8');
  const [, section = ''] = /^## Spanish words\n([\s\S]*?)^## /m.exec(contributing) ?? [];
  const rows = Array.from(section.matchAll(/^\|.*\|(.*)\|(.*)\|$/gm), ([, right = '', wrong = '']) => ({
    right: right.trim(),
    wrong: wrong.split(',').map((word) => word.trim()),
  })).slice(2);
  const words = rows.flatMap(({ right, wrong }) => wrong.filter(Boolean).map((word) => ({ word, right })));
  return words.map(({ word, right }) => ({
    word,
    right,
    pattern: new RegExp(`(?<![-\\p{L}])${word.replace(/ /g, '\\s+').replace('…', '\\p{L}*')}${ending(word)}`, 'iu'),
  }));
})();

/** A word also stands for its plural. */
function ending(word: string): string {
  return word.endsWith('…') ? '' : '(?:e?s)?(?![-\\p{L}])';
}

/** Names that have an English word: of the platform, of documents, and of the field `scopes` at the start of a message. */
const names =
  /iframe con sandbox|scopes(?=:| contiene| tiene)|Mini Program Platform|Mini Program|User authorization|OAuth 2\.0 [A-Z][\w ]+|path to resource and parameters/g;

/** An explanation: a term alone in brackets. */
const explanation = /\((?:\p{L}+|\*\p{L}+\*)\)/gu;

describe('Spanish texts', () => {
  test('are found: sentences, pages, findings, fixtures, guides', () => {
    for (const part of [
      'server/texts',
      'findings',
      'views/locales',
      'fields.json',
      'users.json',
      'claro.json',
      'README',
      'docs/',
    ])
      assert.ok(
        texts.some(({ place }) => place.includes(part)),
        part,
      );
    assert.ok(texts.length > 2000, String(texts.length));
  });

  test('have no word that the table in CONTRIBUTING.md rejects', () => {
    assert.ok(rejected.length > 50, String(rejected.length));
    const found = texts.flatMap(({ place, text }) => {
      const words = wordsOf(text).replace(explanation, ' ').replace(names, ' ');
      return rejected
        .filter(({ pattern }) => pattern.test(words))
        .map(({ word, right }) => `${place}: not "${word}" but "${right}": ${text}`);
    });
    assert.deepEqual(found, []);
  });

  test('have no English sentence', () => {
    const found = texts.filter(({ text }) => englishWords.test(wordsOf(text).replace(names, ' ')));
    assert.deepEqual(found, []);
  });

  test('do not mix two kinds of quotation marks', () => {
    assert.deepEqual(
      texts.filter(({ text }) => /[“”]/.test(text)),
      [],
    );
  });
});
