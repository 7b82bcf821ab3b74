// Runs the unit tests in dist: `node scripts/unit-tests.mjs [options of node --test]`. Several files share a process, because a file
// alone needs more time for the start of Node and for its imports than for its tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const groupsFolder = join(dist, 'unit-tests');
const processes = availableParallelism();
// More groups than processes, so a process whose group ends early takes another one.
const groupCount = 3 * processes;

const groups = writeGroups(dealOut(testFiles(), groupCount));
const options = ['--test', `--test-concurrency=${processes}`, '--test-reporter=spec', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, [...options, ...groups], { cwd: dist, stdio: 'inherit' }).status ?? 1;

/** @returns paths in dist, in the order of their names */
function testFiles() {
  return readdirSync(dist, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.js'))
    .sort();
}

/** Neighbours go to different groups, so each group has some of the files of a room that takes long. */
function dealOut(files, count) {
  const groups = Array.from({ length: count }, () => []);
  for (const [index, file] of files.entries()) groups[index % count].push(file);
  return groups;
}

/** Writes a module for each group. A file is a suite, so what it opens is closed after its last test. @returns the paths */
function writeGroups(groups) {
  rmSync(groupsFolder, { recursive: true, force: true });
  mkdirSync(groupsFolder);
  return groups.map((files, index) => {
    const suites = files.map((file) => `describe('${file}', () => import('../${file}'));\n`);
    const path = join(groupsFolder, `group-${index + 1}.mjs`);
    writeFileSync(path, `import { describe } from 'node:test';\n\n${suites.join('')}`);
    return path;
  });
}
