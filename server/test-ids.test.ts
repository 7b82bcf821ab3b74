import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from './package-root.js';

/** The test ids that docs/test-ids.md promises, with the fixed part of those that end in a name. */
const promised = readFileSync(join(packageRoot, 'docs', 'test-ids.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([\w-]+)[^`]*`/g)].map(([, id = '']) => id));

function filesIn(folder: string, name: RegExp): string[] {
  const files = readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).filter((file) => name.test(file));
  return files.map((file) => readFileSync(join(packageRoot, folder, file), 'utf8'));
}

test('the pages have every test id that the documentation promises', () => {
  assert.ok(promised.length > 35);
  const given = filesIn('views', /\.hbs$/).flatMap((page) =>
    Array.from(page.matchAll(/data-testid="([\w-]+)(\{\{)?/g), ([, id = '', isStart]) => ({
      id,
      isStart: isStart !== undefined,
    })),
  );
  const has = (promise: string) =>
    given.some(({ id, isStart }) => (isStart ? id !== '' && promise.startsWith(id) : id === promise));
  assert.deepEqual(
    promised.filter((promise) => !has(promise)),
    [],
  );
});

test('a browser test uses every test id that the documentation promises', () => {
  const tests = [...filesIn('e2e/specs', /\.ts$/), ...filesIn('e2e/stage', /\.ts$/)].join('\n');
  const literals = new Set(Array.from(tests.matchAll(/['"`]([\w-]+)['"`$]/g), ([, literal = '']) => literal));
  assert.deepEqual(
    promised.filter((id) => !literals.has(id)),
    [],
  );
});
