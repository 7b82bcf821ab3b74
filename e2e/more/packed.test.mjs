import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spawn from 'cross-spawn';

/** Installs the packed package beside test runners, compilers and versions of Node, and logs a user in with each of them. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'billetera-packed-'));
let archive;

/** Runs a command. @throws AssertionError with what it printed, if it fails */
async function run(folder, command, ...args) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, NODE_TEST_CONTEXT: '' },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
  }
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${printed}`);
  return printed;
}

/** Makes a project with files in which packages of the registry and the packed package are installed. */
async function project(name, files, ...packages) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries({ 'package.json': '{"private":true}', ...files }))
    writeFileSync(join(folder, file), text);
  await run(
    folder,
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefer-offline',
    '--loglevel=error',
    archive,
    ...packages,
  );
  return folder;
}

before(async () => {
  const printed = await run(root, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', scratch);
  archive = join(scratch, printed.trim());
});
after(() => rmSync(scratch, { recursive: true, force: true }));

const imports = `import { createMy } from 'billetera/my';\nimport { startEmulator, WalletError } from 'billetera';\nimport { request } from 'node:http';\n`;
const requires = imports.replace(/import (.+) from (.+);/g, 'const $1 = require($2);');

/** Logs a user in, and calls the OpenAPI and the control API. It must run under any replaced globals. */
const login = `
async function login() {
  const wallet = await startEmulator({ port: 0 });
  const { authCode } = await createMy({ url: wallet.url }).getAuthCode({ scopes: 'USER_ID' });
  const body = JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode });
  const headers = { 'content-type': 'application/json', 'client-id': '202016726873874774774000', 'request-time': new Date().toISOString() };
  const answer = await new Promise((resolve, reject) => {
    request(wallet.url + '/v2/authorizations/applyToken', { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve(text));
    }).on('error', reject).end(body);
  });
  if (JSON.parse(answer).result.resultCode !== 'SUCCESS') throw new Error(answer);
  if ((await wallet.journal.wait({ operation: 'applyToken' })).length !== 1) throw new Error('the journal has no applyToken');
  const late = await wallet.journal.wait({ operation: 'revoke', timeout: 1 }).catch((error) => error);
  if (!(late instanceof WalletError) || late.status !== 408) throw late;
  await wallet.close();
}
`;

/** The same file for Jest and vitest. @param double what replaces globals: `jest` or `vi` */
const spec = (double) => `${login}
test('logs in', login, 30000);
test('logs in with a stub of fetch', async () => {
  const { fetch } = globalThis;
  globalThis.fetch = async () => ({ ok: true, status: 200, headers: new Map(), text: async () => '{"stub":true}', json: async () => ({ stub: true }) });
  await login().finally(() => { globalThis.fetch = fetch; });
}, 30000);
test('logs in under fake timers', async () => {
  ${double}.useFakeTimers();
  await login().finally(() => ${double}.useRealTimers());
}, 30000);
`;

describe('Jest', { concurrency: 1 }, () => {
  for (const version of [29, 30]) {
    test(`${version}: CommonJS, ES modules, babel-jest, ts-jest, jsdom`, async () => {
      const folder = await project(
        `jest-${version}`,
        {
          'commonjs.test.cjs': requires + spec('jest'),
          'module.test.mjs': `import { jest } from '@jest/globals';\n${imports}${spec('jest')}`,
          'babel.test.js': imports + spec('jest'),
          'typed.test.ts': `${imports}\ntest('logs in', async () => {\n  const wallet = await startEmulator({ port: 0 });\n  const { authCode } = await createMy({ url: wallet.url }).getAuthCode({ scopes: 'USER_ID' });\n  expect(authCode).toMatch(/^281011/);\n  expect(WalletError.name).toBe('WalletError');\n  request;\n  await wallet.close();\n});\n`,
          'babel.config.cjs': `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] };`,
          'tsconfig.json': JSON.stringify({
            compilerOptions: { module: 'commonjs', target: 'es2022', strict: true, types: ['jest', 'node'] },
          }),
          'jest.config.cjs': `module.exports = { testMatch: ['**/*.test.?(c|m)[jt]s'], transform: { '[.]js$': 'babel-jest', '[.]ts$': 'ts-jest' } };`,
        },
        `jest@${version}`,
        `jest-environment-jsdom@${version}`,
        'ts-jest@29',
        'typescript@5',
        '@babel/preset-env@7',
        `@types/jest@${version}`,
        '@types/node@20',
      );
      const jest = (...args) => run(folder, process.execPath, ...args);
      const main = join('node_modules', 'jest', 'bin', 'jest.js');
      await jest(main, 'commonjs', 'babel', 'typed');
      await jest(main, '--env=jsdom', 'commonjs');
      await jest('--experimental-vm-modules', main, 'module');
    });
  }
});

describe('vitest', { concurrency: 1 }, () => {
  test('node, jsdom and happy-dom', async () => {
    const files = { 'login.test.mjs': `import { test, vi } from 'vitest';\n${imports}${spec('vi')}` };
    const folder = await project('vitest', files, 'vitest@3', 'jsdom@26', 'happy-dom@18');
    for (const environment of ['node', 'jsdom', 'happy-dom'])
      await run(folder, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', `--environment=${environment}`);
  });
});

describe('Node', { concurrency: 1 }, () => {
  let folder;
  before(async () => {
    const spec = `\ntest('logs in', login);\n`;
    folder = await project('node', {
      'commonjs.test.cjs': `const { test } = require('node:test');\n${requires}${login}${spec}`,
      'module.test.mjs': `import { test } from 'node:test';\n${imports}${login}${spec}`,
    });
  });

  for (const version of ['20.11', '20', '22', '24']) {
    test(version, async () => {
      await run(
        folder,
        'npx',
        '--yes',
        '--package',
        `node@${version}`,
        '--',
        'node',
        '--test',
        'commonjs.test.cjs',
        'module.test.mjs',
      );
    });
  }
});

test('TypeScript finds the types in every mode of resolution', async () => {
  const folder = await project(
    'types',
    {
      'consumer.ts': `
        import { connect, startEmulator, WalletError, type Wallet } from 'billetera';
        import { createMy, type AuthCode } from 'billetera/my';
        import { test } from 'billetera/playwright';
        import type { My } from 'billetera/globals';
        export const wallet: Wallet = connect('http://127.0.0.1:4010');
        export const code: Promise<AuthCode> = createMy({ url: wallet.url }).getAuthCode({ scopes: 'USER_ID' });
        export const status = (error: WalletError): number => error.status;
        export const inPage = (page: My) => page.getSystemInfoSync().model;
        test('typed', async ({ consent }) => consent.allow());
        // @ts-expect-error this option does not exist
        startEmulator({ prot: 0 });
      `,
    },
    'typescript@5',
    '@types/node@20',
    '@playwright/test@1',
  );
  const modes = [
    ['commonjs', 'node10', 'commonjs'],
    ['node16', 'node16', 'commonjs'],
    ['node16', 'node16', 'module'],
    ['nodenext', 'nodenext', 'commonjs'],
    ['nodenext', 'nodenext', 'module'],
    ['esnext', 'bundler', 'module'],
  ];
  for (const [module, resolution, type] of modes) {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', module, '--moduleResolution', resolution];
    await run(folder, process.execPath, 'node_modules/typescript/bin/tsc', ...flags, '--skipLibCheck', 'consumer.ts');
  }
});

test('billetera init: check and its Playwright test pass', async () => {
  const folder = await project('init', {}, '@playwright/test@1');
  const bin = join('node_modules', 'billetera', 'dist', 'bin', 'main.js');
  await run(folder, process.execPath, bin, 'init');
  assert.match(await run(folder, process.execPath, bin, 'check'), /billetera is valid: 1 client, 1 mini program, 2 users/);
  const cli = join('node_modules', '@playwright', 'test', 'cli.js');
  // The starter's configuration, with the browser of this machine.
  const use = `{ launchOptions: { executablePath: process.env.BILLETERA_BROWSER } }`;
  const config = `import starter from './billetera.config';\nexport default { ...starter, use: ${use} };\n`;
  writeFileSync(join(folder, 'e2e', 'machine.config.ts'), config);
  assert.match(await run(folder, process.execPath, cli, 'test', '--config', 'e2e/machine.config.ts'), /1 passed/);
});
