import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import spawn from 'cross-spawn';
import { packageRoot } from './package-root.js';
import { scratchFolder } from './testing/emulator.js';

const run = promisify(execFile);

/** A project in which only the packed package is installed. */
const project = scratchFolder();
const modules = join(project, 'node_modules');
let files: string[] = [];
let packedSize = 0;

before(async () => {
  const packing = ['pack', '--ignore-scripts', '--json', '--offline', '--pack-destination', project];
  const { stdout } = spawn.sync('npm', packing, { cwd: packageRoot, encoding: 'utf8' });
  const [packed] = JSON.parse(stdout) as [{ filename: string; size: number; files: { path: string }[] }];
  files = packed.files.map(({ path }) => path);
  packedSize = packed.size;
  await run('tar', ['xzf', packed.filename], { cwd: project });
  mkdirSync(modules);
  renameSync(join(project, 'package'), join(modules, 'billetera'));
});

/** Runs a module in the project. */
async function runModule(text: string, ...nodeFlags: string[]): Promise<string> {
  const file = join(project, `${Math.random()}.mjs`);
  writeFileSync(file, text);
  return (await run(process.execPath, [...nodeFlags, file], { cwd: project })).stdout;
}

function readPacked(path: string): string {
  return readFileSync(join(modules, 'billetera', path), 'utf8');
}

/** The ids (name@version) of the packages whose sources are in the bundles. They also show what a bundled package has bundled. */
function bundledPackages(): Set<string> {
  const list = JSON.parse(readFileSync(join(packageRoot, 'dist', 'bundled-sources.json'), 'utf8')) as string[];
  // The source map of fast-copy leads one folder too high.
  const sources = list.map((source) => source.replace(/^node_modules\/src\//, 'node_modules/fast-copy/src/'));
  const folders = new Set(sources.flatMap((source) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? []));
  const manifests = [...folders].map((folder) => JSON.parse(readFileSync(join(packageRoot, folder, 'package.json'), 'utf8')));
  return new Set(manifests.map(({ name, version }) => `${name}@${version}`));
}

test('the package has the code, types, fixtures and pages, and no tests', () => {
  for (const file of [
    'dist/bin/main.js',
    'dist/sdk/index.d.ts',
    'dist/sdk/my/my.d.ts',
    'dist/bridge/my.js',
    'fixtures/users.json',
  ])
    assert.ok(files.includes(file), file);
  const stray = files.filter(
    (file) =>
      !/^(dist|docs|fixtures|skills|views)\/|^(package\.json|README(\.es)?\.md|LICENSE|CHANGELOG\.md|llms(-full)?\.txt)$/.test(
        file,
      ),
  );
  assert.deepEqual(stray, ['server/bridge/my.d.ts']);
  assert.deepEqual(
    files.filter((file) => /\.test\.|\/testing\/|^(?!dist\/bin\/).*\.map$|\.tsbuildinfo$/.test(file)),
    [],
  );
});

test('every path in "files" and every entry of package.json is in the package', () => {
  const manifest = JSON.parse(readPacked('package.json'));
  const filesOf = (entry: unknown): string[] =>
    typeof entry === 'string' ? [entry] : Object.values(entry as object).flatMap(filesOf);
  for (const entry of filesOf([manifest.exports, manifest.typesVersions, manifest.main, manifest.types, manifest.bin]))
    assert.ok(files.includes(entry.replace('./', '')), entry);
  for (const pattern of manifest.files.filter((pattern: string) => !pattern.startsWith('!'))) {
    const start = pattern.split('*')[0];
    assert.ok(
      files.some((file) => file.startsWith(start)),
      `"files" has ${pattern}, which matches nothing`,
    );
  }
});

test('the packed package stays below 2 MB', () => {
  assert.ok(packedSize > 0 && packedSize < 2_000_000, `${packedSize} bytes`);
});

test('the licence of every bundled package is in THIRD-PARTY-NOTICES.txt', () => {
  const notices = new Map(
    readPacked('dist/THIRD-PARTY-NOTICES.txt')
      .split(/^-{80}\n/m)
      .slice(1)
      .map((section) => [section.split(' ')[0], section.split('\n').slice(2).join('\n')] as const),
  );
  const bundled = bundledPackages();
  assert.ok(bundled.size > 100);
  for (const id of bundled)
    assert.match(notices.get(id) ?? '', /permission|redistribution|licen[cs]e/i, `${id} has no licence text`);
});

test('sbom.cdx.json names every bundled package', () => {
  const { bomFormat, specVersion, components, dependencies } = JSON.parse(readPacked('dist/sbom.cdx.json'));
  assert.deepEqual([bomFormat, specVersion], ['CycloneDX', '1.5']);
  const ids: string[] = components.map((component: { 'bom-ref': string }) => component['bom-ref']);
  assert.deepEqual([...new Set(ids)], ids);
  assert.deepEqual(ids.sort(), [...bundledPackages()].sort());
  for (const { ref, dependsOn } of dependencies) {
    assert.ok(ref.startsWith('billetera@') || ids.includes(ref), ref);
    for (const id of dependsOn) assert.ok(ids.includes(id), id);
  }
});

test('stack traces name the files and lines of the sources', async () => {
  const failing = `
    import { startEmulator } from 'billetera';
    await startEmulator({ port: -1 }).catch((error) => console.log(error.stack));
  `;
  assert.match(await runModule(failing, '--enable-source-maps'), /server[\\/]emulator[\\/]config\.ts:\d+:\d+/);
});

test('the command line switches source maps on by itself', async () => {
  const output = await runModule(`
    import { readdirSync } from 'node:fs';
    import { findSourceMap } from 'node:module';
    import { join } from 'node:path';
    const bin = join(import.meta.dirname, 'node_modules', 'billetera', 'dist', 'bin');
    process.argv = [process.argv[0], 'billetera', 'wallets'];
    await import(join(bin, 'main.js'));
    const sources = readdirSync(bin).flatMap((file) => findSourceMap(join(bin, file))?.payload.sources ?? []);
    console.log(sources.some((source) => source.endsWith('server/emulator/config.ts')));
  `);
  assert.match(output, /^true$/m);
});

test('emulator, pages, bridge and billetera/my run without any other package', async () => {
  const output = await runModule(`
    import { connect, startEmulator } from 'billetera';
    import { createMy } from 'billetera/my';
    import { writeFileSync } from 'node:fs';
    const wallet = await startEmulator({ port: 0, data: 'state', tls: true, tlsPort: 0, logLevel: 'warn' });
    const my = createMy({ url: wallet.url });
    const { authCode } = await my.getAuthCode({ scopes: 'USER_ID' });
    const paths = ['/', '/playground', '/scenarios', '/profile', '/docs/fidelity', '/my.js', '/_emulator/openapi.json'];
    const read = async (path) => {
      const answer = await fetch(wallet.url + path);
      if (answer.status !== 200) throw new Error(path + ' ' + answer.status);
      return answer.text();
    };
    const pages = await Promise.all(paths.map(read));
    const assets = pages.flatMap((html) => Array.from(html.matchAll(/(?:href|src)="(\\/assets\\/[^"]+)"/g), ([, path]) => path));
    if (assets.length < 10) throw new Error('the pages load no styles');
    await Promise.all([...new Set(assets)].map(read));
    writeFileSync('served.txt', await read('/llms-full.txt'));
    console.log(authCode.slice(0, 6), (await connect(wallet.url).clock.read()).frozen);
    await wallet.close();
  `);
  assert.equal(output, '281011 false\n');
  assert.equal(readPacked('llms-full.txt'), readFileSync(join(project, 'served.txt'), 'utf8'));
});

test('a CommonJS program can require every entry, and shares the classes with ES modules', async () => {
  const output = await runModule(`
    import { createRequire } from 'node:module';
    import { connect, startEmulator, WalletError } from 'billetera';
    const require = createRequire(import.meta.url);
    const required = require('billetera');
    const { createMy } = require('billetera/my');
    const wallet = await required.startEmulator({ port: 0 });
    const { authCode } = await createMy({ url: wallet.url }).getAuthCode({ scopes: 'USER_ID' });
    const error = await wallet.users.read('nobody').catch((error) => error);
    console.log(authCode.slice(0, 6), error instanceof WalletError, Object.keys(required).sort().join(' '));
    await wallet.close();
  `);
  assert.equal(output, '281011 true WalletError connect startEmulator\n');
});

test('no bundle uses a global that a test environment may replace', () => {
  const replaced =
    /(?<![\w$.'"`{,-])(?:setTimeout|setInterval|setImmediate|clearTimeout|clearInterval|queueMicrotask|new AbortController|new URL|new URLSearchParams|new TextDecoder|new TextEncoder|process\.nextTick)\(/;
  for (const file of files.filter((file) => /^dist\/bin\/.*\.cjs$/.test(file))) {
    const [found] = replaced.exec(readPacked(file)) ?? [];
    assert.equal(found, undefined, file);
  }
});

test('the command line runs', async () => {
  const main = join(modules, 'billetera', 'dist', 'bin', 'main.js');
  const { stdout } = await run(process.execPath, [main, 'flow'], { cwd: project });
  assert.match(stdout, /\[2\.4\]/);
});

test('a program that only connects does not load the emulator', async () => {
  const output = await runModule(`
    import inspector from 'node:inspector';
    const session = new inspector.Session();
    session.connect();
    let bytes = 0;
    session.on('Debugger.scriptParsed', ({ params }) => { if (params.url.includes('billetera')) bytes += params.length; });
    session.post('Debugger.enable');
    await import('billetera');
    await import('billetera/my');
    console.log(bytes);
  `);
  assert.ok(Number(output) > 0 && Number(output) < 50_000, output);
});

test('billetera/playwright works if @playwright/test is installed, and every entry has its types', async () => {
  mkdirSync(join(modules, '@playwright'));
  symlinkSync(join(packageRoot, 'node_modules', '@playwright', 'test'), join(modules, '@playwright', 'test'), 'junction');
  symlinkSync(join(packageRoot, 'node_modules', '@types'), join(modules, '@types'), 'junction');
  const text = `
    import { connect, startEmulator, WalletError, type Entry, type Scenario, type Wallet } from 'billetera';
    import { createMy, type AuthCode } from 'billetera/my';
    import { expect, test, type Consent } from 'billetera/playwright';
    import type {} from 'billetera/globals';

    test.use({ emulator: { wallet: 'superqi' }, bridgeUrls: 'https://cdn.example/**' });
    test('types', async ({ page, consent, wallet, emulatorUrl }) => {
      const mine: Wallet = connect(emulatorUrl);
      const user: Consent = consent;
      await user.allowOnly(['USER_ID']);
      const entries: Entry[] = await wallet.journal.wait({ operation: 'applyToken', count: 2 });
      const scenario: Scenario = { when: { operation: '*' }, then: [{ status: 503 }, { fault: 'hang' }] };
      await mine.scenarios.add(scenario);
      await wallet.users.change('1', { behaviour: { denyScopes: ['USER_NAME'] }, avatar: null });
      await page.evaluate(() => my.getAuthCode({ scopes: 'USER_ID' }));
      expect(entries).toHaveLength(2);
      // @ts-expect-error this setting does not exist
      await wallet.settings.change({ consent: 'perhaps' });
      // @ts-expect-error this option does not exist
      await startEmulator({ prot: 0 });
      // @ts-expect-error there is no such error code
      new WalletError(400, 'wrong', '');
      if (new WalletError(400, 'invalid', '').status !== 400) throw new Error();
    });
    export async function login(): Promise<AuthCode> {
      return createMy({ url: 'http://127.0.0.1:4010', appId: '1' }).getAuthCode({ scopes: ['USER_ID'] });
    }
  `;
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'consumer.ts'), text);
  copyFileSync(join(packageRoot, 'docs', 'snippets', 'tests', 'login.spec.ts'), join(project, 'snippet.ts'));
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--target', 'es2023', '--types', 'node'];
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, ...strict, '--module', 'nodenext', 'consumer.ts', 'snippet.ts'], { cwd: project }).catch(
    ({ stdout }) => assert.fail(stdout),
  );
  const output = await runModule(`import * as all from 'billetera/playwright'; console.log(Object.keys(all).join(' '));`);
  assert.equal(output, 'expect test\n');
});

test('Node 22 and later store compiled code, so that the next start takes less time', {
  skip: 'enableCompileCache' in nodeModule ? false : 'this version of Node cannot',
}, async () => {
  const temporary = scratchFolder();
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  await run(process.execPath, [join(modules, 'billetera/dist/bin/main.js'), '--version'], { env });
  assert.deepEqual(readdirSync(temporary), ['node-compile-cache']);
});
