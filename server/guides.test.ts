import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { documentNames, findDocument } from './console/docs/documents.js';
import { integrationMistakeTexts } from './journal/integration-mistake-texts.js';
import { signatureMistakeTexts } from './journal/signature-mistake-texts.js';
import { packageRoot } from './package-root.js';
import { Profiles } from './profiles/profiles.js';
import { english } from './texts/english/english.js';
import { spanish } from './texts/spanish/spanish.js';

const run = promisify(execFile);
const script = (name: string) => import(pathToFileURL(join(packageRoot, 'scripts', 'guides', name)).href);
const { guides } = await script('guides.mjs');
const read = (path: string) => readFileSync(join(packageRoot, path), 'utf8');
const all: { path: string; text: string; filled: string }[] = guides(
  { en: english, es: spanish },
  { integration: integrationMistakeTexts, signature: signatureMistakeTexts },
);
const spanishPath = (path: string) => (path === 'README.md' ? 'README.es.md' : path.replace('/en/', '/es/'));
const inEnglish = all.filter(({ path }) => path === 'README.md' || path.includes('/en/'));
const inSpanish = new Map(all.filter((guide) => !inEnglish.includes(guide)).map(({ path, text }) => [path, text]));

/** The code blocks, each with its language. A diagram has no labels here, because they are translated: only its shape and its numbers. */
function blocks(text: string): string[] {
  const found = text.match(/^```[\s\S]*?^```$/gm) ?? [];
  return found.map((block) => (block.startsWith('```mermaid') ? block.replace(/( as |: )(\[[\d.]+\])?.*/g, '$1$2') : block));
}

/** The levels of the headings, in order. */
function outline(text: string): string[] {
  return withoutCode(text).match(/^#+(?= )/gm) ?? [];
}

/** The numbers in the tables, without separators of thousands. */
function figures(text: string): string[] {
  const rows = withoutCode(text).match(/^\|.*$/gm) ?? [];
  const numbers = rows.flatMap((row) => row.replace(/(?<=\d)[ ,](?=\d{3}\b)/g, '').match(/\d+(?:\.\d+)?/g) ?? []);
  return numbers.sort();
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

/** The id that GitHub and the page give to a heading. */
function anchors(text: string): string[] {
  const headings = withoutCode(text).match(/^#+ .+$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

for (const { path, text, filled } of all)
  test(`${path} has the current code and tables (npm run generate)`, () => {
    assert.equal(text, filled);
  });

describe('English and Spanish', () => {
  test('have the same guides', () => {
    assert.deepEqual([...inSpanish.keys()].sort(), inEnglish.map(({ path }) => spanishPath(path)).sort());
  });

  for (const { path, text } of inEnglish)
    test(`${path} has the same headings and code in Spanish`, () => {
      const other = inSpanish.get(spanishPath(path)) ?? '';
      assert.deepEqual(outline(other), outline(text));
      assert.deepEqual(blocks(other), blocks(text));
    });

  for (const name of documentNames)
    test(`/docs/${name} is in both languages, with the same headings and code`, () => {
      const [document, other] = ['en', 'es'].map((lang) => findDocument(name, lang));
      assert.deepEqual([document?.lang, other?.lang], ['en', 'es']);
      const [text = '', translation = ''] = [document?.text, other?.text];
      assert.deepEqual(outline(translation), outline(text));
      assert.deepEqual(blocks(translation), blocks(text));
    });

  test('docs/reliability.md has the same figures in Spanish', () => {
    assert.deepEqual(figures(read('docs/reliability.es.md')), figures(read('docs/reliability.md')));
  });
});

for (const { path: document, text } of all)
  test(`${document}: every link leads to something`, () => {
    const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
      ([, markdown, html]) => markdown ?? html ?? '',
    );
    for (const target of targets.filter((target) => !/^https?:/.test(target))) {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? document : relative(packageRoot, join(packageRoot, dirname(document), path));
      assert.ok(existsSync(join(packageRoot, file)), `${target}: no file ${file}`);
      if (anchor !== undefined) assert.ok(anchors(read(file)).includes(anchor), `${target}: no heading`);
    }
  });

test('every snippet is in a guide', () => {
  const files = readdirSync(join(packageRoot, 'docs', 'snippets'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const used = all.flatMap(({ text }) => [...text.matchAll(/^```\w+ (\S+)$/gm)].map(([, path]) => path));
  for (const { parentPath, path, name } of files)
    assert.ok(used.includes(relative(packageRoot, join(parentPath ?? path, name))), `${name} is in no guide`);
});

const main = join(packageRoot, 'dist', 'bin', 'main.js');

/** The flags of each command, by its name: those of `snapshot save` are with those of `snapshot`. */
const flagsOf = await (async () => {
  const { stdout } = await run(process.execPath, [main, '--help']);
  const commands = [...(stdout.split('Commands:')[1]?.split('Examples:')[0] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(
    ([, name = '']) => name,
  );
  const inner = ['snapshot save', 'snapshot load', 'report save', 'report open'];
  const lines = [...commands.filter((name) => name !== 'help'), ...inner].map((line) => line.split(' '));
  const found = new Map<string, string[]>();
  for (const [name = '', ...rest] of lines) {
    const { stdout } = await run(process.execPath, [main, name, ...rest, '--help']);
    const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = '']) => flag);
    found.set(name, [...(found.get(name) ?? []), ...flags]);
  }
  return found;
})();
const commonFlags = [...(flagsOf.get('start') ?? []), '--config'];
const allFlags = [...new Set([...commonFlags, ...[...flagsOf.values()].flat()])];

/** The flags that commands have and `start` has not. */
const commandFlags = allFlags.filter((flag) => !commonFlags.includes(flag)).sort();

/** Flags of npm, Node, Playwright, Docker and curl in the guides. */
const otherFlags = ['--save-dev', '--env-file', '--test', '--with-deps', '--rm', '--build', '--profile', '--data-raw'];

for (const { path, text } of [...all, { path: 'SKILL.md', text: read('skills/billetera/SKILL.md') }])
  test(`${path} names only flags that exist, each with a command that has it`, () => {
    for (const [flag] of text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g))
      assert.ok([...allFlags, ...otherFlags].includes(flag), `${flag}: no command has this flag`);
    for (const [line, name = '', rest = ''] of text.matchAll(/\bbilletera ([a-z]+)((?: [^`|;&#\n]*)?)/g)) {
      const flags = rest.split(' -- ')[0]?.match(/(?<![\w-])--[a-z][a-z-]+/g) ?? [];
      const known = flagsOf.get(name);
      if (known !== undefined) for (const flag of flags) assert.ok([...known, '--config'].includes(flag), `${line}: ${flag}`);
    }
  });

for (const language of ['en', 'es']) {
  test(`${language}/options.md has every flag of start, and its variable`, async () => {
    const { stdout } = await run(process.execPath, [main, 'start', '--help']);
    const helped = [...stdout.replace(/\n {10,}/g, ' ').matchAll(/^ {2}(--[a-z-]+) .*[(; ](BILLETERA_\w+)\)$/gm)].map(
      ([, flag, variable]) => [flag, variable],
    );
    const options = read(`docs/guides/${language}/options.md`);
    assert.ok(helped.length > 20, stdout);
    for (const [flag, variable] of helped) assert.match(options, new RegExp(`\`${flag}\`.*\`${variable}\``), flag);
    const [table = ''] = options.split('\n## ');
    const listed = [...table.matchAll(/^\| `(--[a-z-]+)` \|/gm)].map(([, flag]) => flag);
    assert.deepEqual(listed.sort(), helped.map(([flag]) => flag).sort());
  });

  test(`${language}/options.md has every command, and no other`, async () => {
    const { stdout } = await run(process.execPath, [main, '--help']);
    const commands = [...(stdout.split('Commands:')[1]?.split('Examples:')[0] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(
      ([, name]) => name,
    );
    const listed = [...read(`docs/guides/${language}/options.md`).matchAll(/`billetera ([a-z]+)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(listed)].sort(), commands.filter((name) => name !== 'help').sort());
  });

  test(`${language}/options.md has every flag of the commands, and no other`, () => {
    const [, table = ''] = read(`docs/guides/${language}/options.md`).split(
      language === 'en' ? '## Flags of commands' : '## Opciones de comandos',
    );
    const listed = table.match(/(?<=`)--[a-z-]+(?=`)/g) ?? [];
    assert.deepEqual([...new Set(listed)].sort(), commandFlags);
  });

  test(`${language}/wallets.md lists every wallet`, () => {
    const [table = ''] = read(`docs/guides/${language}/wallets.md`).split('\n## ');
    const listed = [...table.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
    const files = readdirSync(join(packageRoot, 'fixtures', 'wallets')).map((file) => file.replace('.json', ''));
    assert.deepEqual(listed.sort(), files.sort());
  });
}

test('the guide of wallets has the paths of each wallet', () => {
  const profiles = new Profiles([join(packageRoot, 'fixtures', 'wallets')], () => 'http://127.0.0.1:4010');
  for (const language of ['en', 'es'])
    for (const name of profiles.names()) {
      const { operations } = profiles.get(name);
      const pathOf = (verb: string) => [...operations.values()].find((operation) => operation.verb === verb)?.paths[0];
      const row = `| \`${name}\` | \`${pathOf('exchange')}\` | \`${pathOf('read-user')}\` |`;
      assert.ok(read(`docs/guides/${language}/wallets.md`).includes(row), row);
    }
});

test('the READMEs have at most 200 lines', () => {
  for (const name of ['README.md', 'README.es.md']) assert.ok(read(name).split('\n').length <= 201, name);
});

/**
 * The tables of sentences. Each has a file of causes and cures with its name. Messages that have no code are in
 * `guides-printed.test.ts`.
 */
const areas = readdirSync(new URL('./texts/english', import.meta.url)).flatMap(
  (file) => /^(.+)-texts\.js$/.exec(file)?.slice(1) ?? [],
);

for (const area of areas)
  test(`the guide has a cause and a cure for each message of ${area}`, async () => {
    const [texts = {}] = Object.values<object>(await import(`./texts/english/${area}-texts.js`));
    // Others are sentences about a success, and parts of sentences.
    const { problems, others } = JSON.parse(read(`docs/guides/messages/${area}.json`));
    assert.deepEqual([...Object.keys(problems), ...others].sort(), Object.keys(texts).sort());
    // A table that has only parts of sentences needs no section.
    const isListed = Object.keys(problems).length > 0;
    for (const language of ['en', 'es'])
      assert.equal(read(`docs/guides/${language}/messages.md`).includes(`<!-- messages of ${area} -->`), isListed, language);
  });
