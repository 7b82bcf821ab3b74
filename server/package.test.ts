import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from './package-root.js';
import { scratchFolder } from './testing/emulator.js';

const run = promisify(execFile);
const isWindows = process.platform === 'win32';

/** A project that has installed the package as npm packs it, and nothing else. */
const project = scratchFolder();
const modules = join(project, 'node_modules');
let files: string[] = [];

before(async () => {
  const packing = ['pack', '--ignore-scripts', '--json', '--offline', '--pack-destination', project];
  const { stdout } = await run('npm', packing, { cwd: packageRoot, shell: isWindows });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map(({ path }) => path);
  await run('tar', ['xzf', packed.filename], { cwd: project });
  mkdirSync(modules);
  renameSync(join(project, 'package'), join(modules, 'billetera'));
});

/** Runs a module in the project. */
async function runModule(text: string): Promise<string> {
  const file = join(project, `${Math.random()}.mjs`);
  writeFileSync(file, text);
  return (await run(process.execPath, [file], { cwd: project })).stdout;
}

test('the package holds what runs, its types, its fixtures and its pages, and no tests', () => {
  for (const file of [
    'dist/bin/main.js',
    'dist/sdk/index.d.ts',
    'dist/sdk/my/my.d.ts',
    'dist/bridge/my.js',
    'fixtures/users.json',
  ])
    assert.ok(files.includes(file), file);
  const stray = files.filter((file) => !/^(dist|fixtures|views)\/|^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(file));
  assert.deepEqual(stray, ['server/bridge/my.d.ts']);
  assert.deepEqual(
    files.filter((file) => /\.test\.|\/testing\/|\.map$|\.tsbuildinfo$/.test(file)),
    [],
  );
});

test('it runs without any other package: emulator, pages, bridge, my', async () => {
  const output = await runModule(`
    import { connect, startEmulator } from 'billetera';
    import { createMy } from 'billetera/my';
    const wallet = await startEmulator({ port: 0, data: 'state', tls: true, tlsPort: 0, logLevel: 'warn' });
    const my = createMy({ url: wallet.url });
    const { authCode } = await my.getAuthCode({ scopes: 'USER_ID' });
    for (const path of ['/', '/playground', '/my.js', '/_emulator/openapi.json']) {
      const { status } = await fetch(wallet.url + path);
      if (status !== 200) throw new Error(path + ' ' + status);
    }
    console.log(authCode.slice(0, 6), (await connect(wallet.url).clock.read()).frozen);
    await wallet.close();
  `);
  assert.equal(output, '281011 false\n');
});

test('the command line runs', async () => {
  const main = join(modules, 'billetera', 'dist', 'bin', 'main.js');
  const { stdout } = await run(process.execPath, [main, 'flow'], { cwd: project });
  assert.match(stdout, /\[2\.4\]/);
});

test('whoever only connects does not wait for the emulator to be read', async () => {
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

test('with @playwright/test beside it, billetera/playwright is there, and every entry has its types', {
  skip: isWindows,
}, async () => {
  mkdirSync(join(modules, '@playwright'));
  symlinkSync(join(packageRoot, 'node_modules', '@playwright', 'test'), join(modules, '@playwright', 'test'));
  symlinkSync(join(packageRoot, 'node_modules', '@types'), join(modules, '@types'));
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
      // @ts-expect-error there is no such setting
      await wallet.settings.change({ consent: 'perhaps' });
      // @ts-expect-error nor such an option
      await startEmulator({ prot: 0 });
      if (new WalletError(400, 'invalid', '').status !== 400) throw new Error();
    });
    export async function login(): Promise<AuthCode> {
      return createMy({ url: 'http://127.0.0.1:4010', appId: '1' }).getAuthCode({ scopes: ['USER_ID'] });
    }
  `;
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'consumer.ts'), text);
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const [, spec = ''] = /```ts\n(import [^\n]+ from 'billetera\/playwright';.*?)```/s.exec(readme) ?? [];
  assert.notEqual(spec, '');
  writeFileSync(join(project, 'readme.ts'), spec);
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--target', 'es2023', '--types', 'node'];
  const tsc = join(packageRoot, 'node_modules', '.bin', 'tsc');
  await run(tsc, [...strict, '--module', 'nodenext', 'consumer.ts', 'readme.ts'], { cwd: project }).catch(({ stdout }) =>
    assert.fail(stdout),
  );
  const output = await runModule(`import * as all from 'billetera/playwright'; console.log(Object.keys(all).join(' '));`);
  assert.equal(output, 'expect test\n');
});
