// Installs and builds a fresh clone, then runs a task: `node setup.mjs start …`, `dev`, `test`, `more`, `fuzz`, `soak`, `bench`, `pictures`, `build` or `browser`. It uses
// only Node, because nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installPackages } from './scripts/installation.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const [task = 'start', ...rest] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 11)) fail(`this is Node ${process.version}; install Node 20.11 or newer`);

const tasks = { start, dev, test, more, fuzz, soak, bench, pictures, build: prepare, browser: findBrowser };
if (!(task in tasks)) fail(`node setup.mjs ${task}: use one of ${Object.keys(tasks).join(', ')}`);
const playwright = commandFile('@playwright/test', 'cli.js');
await tasks[task]();

async function start() {
  prepare();
  process.argv = [process.argv[0], join(root, 'dist', 'bin', 'main.js'), ...rest];
  await import('./dist/bin/main.js');
}

/** Starts the emulator from its sources, and again when a file changes. */
async function dev() {
  prepare();
  const watched = ['docs/**', 'fixtures/**', 'views/**'].flatMap((pattern) => ['--include', pattern]);
  const cli = commandFile('tsx', 'dist/cli.mjs');
  process.argv = [process.argv[0], cli, 'watch', ...watched, join(root, 'server', 'cli', 'main.ts'), 'start', ...rest];
  await import(pathToFileURL(cli).href);
}

function test() {
  prepare();
  findRedis();
  const browser = findBrowser();
  const units = runNode([join('scripts', 'unit-tests.mjs'), ...rest], { mayFail: true });
  const e2e = runNode([playwright, 'test', ...rest], { env: { ...process.env, BILLETERA_BROWSER: browser }, mayFail: true });
  process.exitCode = units || e2e;
}

/** Runs the tests that take long, or that install other packages. */
function more() {
  prepare();
  findRedis();
  const folder = join(root, 'e2e', 'more');
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'));
  const options = ['--test', '--test-concurrency=1', '--test-reporter=spec', ...rest];
  const env = { ...process.env, BILLETERA_BROWSER: findBrowser() };
  process.exitCode = runNode([...options, ...files.map((name) => join(folder, name))], { env, mayFail: true });
}

/** Gives random input to every entry of the emulator: `npm run fuzz -- [calls of each kind] [seconds for each kind]`. */
function fuzz() {
  prepare();
  const [runs = '20000', seconds = '60'] = rest;
  const dist = join(root, 'dist');
  const files = readdirSync(dist, { recursive: true }).filter((path) => basename(path) === 'fuzz.test.js');
  const options = ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files];
  process.exitCode = runNode(options, {
    cwd: dist,
    env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SECONDS: seconds },
    mayFail: true,
  });
}

/** Loads emulators for a long time, and checks every answer: `npm run soak -- [seconds] [seed] [--data | --store]`. */
function soak() {
  prepare();
  if (rest.includes('--store')) findRedis();
  process.exitCode = runNode([join('dist', 'testing', 'soak', 'main.js'), ...rest], { mayFail: true });
}

/** Installs the dependencies if package-lock.json names others than those in node_modules, and builds if the sources changed. */
function prepare() {
  installIn(root);
  const stamp = join(root, 'dist', '.billetera-built');
  const fingerprint = fingerprintOf([
    ...['docs', 'scripts', 'server', 'skills', 'views'],
    ...['tsconfig.json', 'package.json', 'package-lock.json'],
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  // Remove the output of deleted files, because their tests would still run.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const [command, ...args] = npmCommand();
  run(command, [...args, 'run', '--silent', 'build']);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, fingerprint);
}

/** Makes the pictures of the guides from the real pages. It has packages of its own. */
function pictures() {
  prepare();
  installIn(join(root, 'e2e', 'pictures'));
  const env = { ...process.env, BILLETERA_BROWSER: findBrowser() };
  process.exitCode = runNode([join(root, 'e2e', 'pictures', 'pictures.mjs')], { env, mayFail: true });
}

function installIn(folder) {
  const [command, ...first] = npmCommand();
  try {
    installPackages(folder, (args, options) => spawnSync(command, [...first, ...args], { encoding: 'utf8', ...options }));
  } catch (error) {
    fail(error.message);
  }
}

/** @returns the path of a Chromium, or an empty string for the one that Playwright installs */
function findBrowser() {
  const named = process.env.BILLETERA_BROWSER;
  if (named) return named;
  const system = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  const found = () => system.find((path) => existsSync(path));
  const own = () =>
    existsSync(
      output([playwright, 'install', '--dry-run', 'chromium'])
        .match(/Install location:\s+(.+)/)?.[1]
        ?.trim() ?? '',
    );
  if (found() !== undefined) return found();
  if (own()) return '';
  installOnDebian('chromium');
  if (found() !== undefined) return found();
  runNode([playwright, 'install', 'chromium'], { mayFail: true });
  if (own()) return '';
  return fail(
    'found no Chromium for the browser tests; install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or set BILLETERA_BROWSER to its path',
  );
}

/** Gets a Redis server for the tests and the benchmark of `--store`, if it can. Without one they skip it, and say so. */
function findRedis() {
  if (process.platform === 'linux' && spawnSync('redis-server', ['--version']).error !== undefined)
    installOnDebian('redis-server');
}

/** Installs a package of the system, if this is Debian and it may. */
function installOnDebian(name) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  const options = { mayFail: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('apt-get', ['update', '-qq'], options);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
}

/** Measures speed and memory: `npm run bench -- [part …] [--quick] [--json] [--write]`. It has packages of its own. */
function bench() {
  prepare();
  installIn(join(root, 'e2e', 'bench'));
  findRedis();
  const env = { ...process.env, BILLETERA_BROWSER: findBrowser() };
  process.exitCode = runNode([join(root, 'e2e', 'bench', 'run.mjs'), ...rest], { env, mayFail: true });
}

function fingerprintOf(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const files = source.includes('.')
      ? [path]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
          .sort();
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function run(command, args, { mayFail = false, ...options } = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
  });
  if (status !== 0 && !mayFail)
    fail(`${command} ${args.join(' ')} ${error ? `could not run: ${error.message}` : `ended with ${status}`}`);
  return status ?? 1;
}

/** Runs Node. The commands in node_modules/.bin are scripts of a shell on Windows, so their JavaScript files run instead. */
function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** @returns how npm is called: on Windows by its JavaScript file, because `npm` is a script of a shell there */
function npmCommand() {
  const files = [process.env.npm_execpath ?? '', join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')];
  const file = files.find((path) => basename(path) === 'npm-cli.js' && existsSync(path));
  return file === undefined ? ['npm'] : [process.execPath, file];
}

function output(args) {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).stdout ?? '';
}

/** The JavaScript file of a command of a dependency. */
function commandFile(name, path) {
  return join(root, 'node_modules', name, path);
}

function fail(message) {
  process.stderr.write(`billetera: ${message}\n`);
  process.exit(1);
}
