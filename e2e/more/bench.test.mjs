import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Runs the benchmark once, with few calls. It checks every answer itself, so this test reads no times. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const hasProc = process.platform === 'linux';
const hasRedis = spawnSync('redis-server', ['--version']).error === undefined;

function bench(...args) {
  return spawnSync(process.execPath, ['setup.mjs', 'bench', ...args], { cwd: root, encoding: 'utf8' });
}

test('every part measures what it says', () => {
  const { status, stdout, stderr } = bench('--quick', '--json');
  assert.equal(status, 0, stderr);
  // npm may print lines before.
  const results = JSON.parse(stdout.slice(stdout.indexOf('{\n')));
  assert.deepEqual(Object.keys(results.parts), ['start', 'calls', 'memory', 'stores', 'sheet', 'dashboard']);
  assert.deepEqual(
    results.parts.calls.levels.map(({ connections }) => connections),
    [1, 20, 100],
  );
  assert.deepEqual(
    Object.keys(results.parts.stores.stores),
    ['memory', 'silent', 'data', 'dataWithoutFsync', 'redis'].slice(0, hasRedis ? 5 : 4),
  );
  const names = results.figures.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  // The processor time and the memory of a process are in /proc.
  if (hasProc)
    assert.deepEqual(
      results.figures.filter(({ value }) => !(value >= 0)),
      [],
    );
  assert.ok(results.figures.filter(({ aim }) => aim !== undefined).length >= 10);
});

test('a wrong argument is refused before anything is measured', () => {
  const { status, stderr } = bench('shet');
  assert.equal(status, 1);
  assert.equal(stderr, 'bench: unknown part "shet"; the parts are start, calls, memory, stores, sheet, dashboard\n');
});
