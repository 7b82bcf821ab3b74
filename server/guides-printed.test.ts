import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { listDocuments } from './console/docs/documents.js';
import { createMessageSearch } from './console/docs/search-messages.js';
import { packageRoot } from './package-root.js';

const script = (name: string) => import(pathToFileURL(join(packageRoot, 'scripts', 'guides', name)).href);
const [{ printedMessages }, { messagesByArea }] = await Promise.all([
  script('printed-messages.mjs'),
  script('printed-areas.mjs'),
]);
const read = (path: string) => readFileSync(join(packageRoot, path), 'utf8');

const { none, ...found }: Record<string, string[]> = messagesByArea(packageRoot);

for (const [area, messages] of Object.entries(found)) {
  const file = `docs/guides/messages/${area}.json`;
  const { problems, others }: { problems: Record<string, Record<string, string[]>>; others: string[] } = JSON.parse(read(file));
  const known = [...Object.keys(problems), ...others];

  test(`the guide has a cause and a cure for each message of ${area}`, () => {
    const unknown = messages.filter((message) => !known.includes(message));
    assert.deepEqual(unknown, [], `add a cause and a cure for these messages to ${file}, then run npm run generate`);
  });

  test(`each message of ${area} in the guide is printed`, () => {
    const gone = known.filter((message) => !messages.includes(message));
    assert.deepEqual(gone, [], `the source has no such messages any more: remove them from ${file}, then run npm run generate`);
  });

  test(`the causes and cures of ${area} are in both languages`, () => {
    for (const [message, { en, es }] of Object.entries(problems))
      for (const texts of [en, es]) assert.ok(texts?.length === 2 && texts.every((text) => text.trim() !== ''), message);
    for (const language of ['en', 'es'])
      assert.ok(read(`docs/guides/${language}/messages.md`).includes(`<!-- messages of ${area} -->`), language);
  });
}

test('each file with messages belongs to an area', () => {
  assert.deepEqual(none, [], 'name the file or its folder in `areas` of scripts/guides/printed-areas.mjs');
});

for (const language of ['en', 'es'])
  test(`${language}/messages.md has each id once`, () => {
    const ids = Array.from(read(`docs/guides/${language}/messages.md`).matchAll(/<a id="([^"]+)">/g), ([, id]) => id);
    assert.ok(ids.length > 100);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

describe('the search of the documents', () => {
  const search = createMessageSearch({ en: listDocuments('en'), es: listDocuments('es') });

  for (const [line, id] of [
    [
      'billetera: --port 4010: the port is in use: another program, perhaps another billetera, listens on 127.0.0.1:4010; stop it, or use another port; 0 takes a free one',
      'the-port-is-in-use-another-program-perhaps-another-billetera',
    ],
    [
      'billetera: no emulator is running at http://127.0.0.1:4010: connect ECONNREFUSED 127.0.0.1:4010; start one with "billetera", or name another address with --url',
      'no-emulator-is-running-at',
    ],
    [
      'Error: http://127.0.0.1:4010 answers, but it is not a billetera: GET /_emulator/clock got HTTP 404 without the header X-Emulator: billetera',
      'answers-but-it-is-not-a-billetera-emulator-got-http-without',
    ],
    [
      '[billetera] my.scan is not among the calls that Demo Wallet at http://127.0.0.1:4010 emulates',
      'is-not-among-the-calls-that-emulates',
    ],
  ] as const)
    for (const lang of ['en', 'es'])
      test(`leads from ${id} of a terminal to its row in ${lang}`, () => {
        assert.ok(
          search(line, lang)
            .slice(0, 2)
            .some((found) => found.id === id),
          JSON.stringify(search(line, lang)),
        );
      });
});

describe('a message is', () => {
  const cases: [where: string, source: string, messages: string[]][] = [
    ['what an error is made with', `throw new WalletError(400, 'invalid', \`no client \${id}\`)`, ['no client …']],
    ['a constant', `const problem = 'the disk is full'; throw new Error(problem)`, ['the disk is full']],
    ['either of two', `throw new Error(isOne ? 'one is wrong' : \`\${count} are wrong\`)`, ['one is wrong', '… are wrong']],
    ['also a part of another', `throw new Error(\`\${place}: \${value ?? 'nothing there'}\`)`, ['nothing there']],
    ['a parameter', `function stop(problem) { throw new Error(problem) } stop('it is late')`, ['it is late']],
    ['returned by a function of the file', `function why() { return 'it is late' } log.warn(why())`, ['it is late']],
    ['an item of a list', `for (const line of names.map((name) => \`no file \${name}\`)) log.error(line)`, ['no file …']],
    ['what a Problem returns', `export const folderProblem = (name: string) => \`\${name}: no folder\``, ['…: no folder']],
    ['what a Warning returns', `class A { #oldWarning() { return 'it is old' } }`, ['it is old']],
    ['the message of an answer', `reply.send({ error: 'late', message: ['it is late', line].join() })`, ['it is late']],
    ['on standard error or the console', `process.stderr.write('not here'); console.warn('nor here')`, ['nor here', 'not here']],
    ['no code', `throw new TextError(text('list-empty'))`, []],
    ['nothing else', `process.stdout.write('all is well')`, []],
  ];
  for (const [where, source, messages] of cases)
    test(where, () => assert.deepEqual(printedMessages(source, 'typescript'), messages.sort()));
});
