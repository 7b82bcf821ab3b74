import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from './package-root.js';

const documents = [
  'CONTRIBUTING.md',
  'AGENTS.md',
  'README.md',
  'SECURITY.md',
  'e2e/clients/README.md',
  ...readdirSync(join(packageRoot, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];
const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
const rooms = readdirSync(join(packageRoot, 'server'));
const folders = [...readdirSync(packageRoot), ...rooms];

/** A path in a document is relative to the root or to server/. */
function exists(path: string): boolean {
  return [packageRoot, join(packageRoot, 'server')].some((folder) => existsSync(join(folder, path)));
}

/** The words in backticks whose first step is a folder of the project: its files, without placeholders. */
function pathsIn(text: string): string[] {
  const words = [...text.matchAll(/`([^`\s]+)`/g)].map(([, word = '']) => word);
  return words.filter((word) => /^[^/]+\/[\w./-]*$/.test(word) && folders.includes(word.split('/')[0] ?? ''));
}

for (const document of documents) {
  describe(document, () => {
    const text = readFileSync(join(packageRoot, document), 'utf8');

    test('names only files that exist', () => {
      assert.deepEqual(
        pathsIn(text).filter((path) => !exists(path)),
        [],
      );
    });

    test('names only npm scripts that exist', () => {
      const named = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name);
      assert.deepEqual(
        named.filter((name) => scripts[name] === undefined),
        [],
      );
    });
  });
}

test('docs/architecture.md describes every room of server/', () => {
  const text = readFileSync(join(packageRoot, 'docs', 'architecture.md'), 'utf8');
  const described = [...text.matchAll(/^\|[^|]*\|([^|]+)\|/gm)].flatMap(([, cell = '']) => cell.match(/[\w-]+/g) ?? []);
  assert.deepEqual(
    rooms.filter((room) => !room.includes('.') && !described.includes(room)),
    [],
  );
});

test('docs/architecture.md says why each dependency is there, and package.json has no other', () => {
  const text = readFileSync(join(packageRoot, 'docs', 'architecture.md'), 'utf8');
  const [, section = ''] = text.split('\n## Why a dependency is there\n');
  const rows = [...section.matchAll(/^\| `(.+)` \| (.+) \|$/gm)];
  const dependencies = ['package.json', join('e2e', 'bench', 'package.json'), join('e2e', 'pictures', 'package.json')].flatMap(
    (file) => {
      const manifest = JSON.parse(readFileSync(join(packageRoot, file), 'utf8'));
      return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    },
  );
  assert.deepEqual(rows.map(([, name]) => name).sort(), dependencies.sort());
  for (const [row, , reason = ''] of rows) assert.ok(reason.length > 10, row);
});
