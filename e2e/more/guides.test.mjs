import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { startEmulator } from 'billetera';
import { launchOptions } from '../stage/launch-options.mjs';
import { freePort } from './free-port.mjs';
import { commandFile, install, scratchFolder } from './install.mjs';

/** Runs the code of the guides as it stands, but for the address of the emulator. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const snippets = join(root, 'docs', 'snippets');
const guide = (path) => readFileSync(join(root, path), 'utf8');
const built = 'http://127.0.0.1:4010';

/** A project in which the package is installed. */
const project = scratchFolder('guides');
const bin = join(project, 'node_modules', '.bin');
mkdirSync(bin, { recursive: true });
symlinkSync(root, join(project, 'node_modules', 'billetera'), 'junction');
symlinkSync(join(root, 'dist', 'bin', 'main.js'), join(bin, 'billetera'));
mkdirSync(join(project, 'node_modules', '@playwright'));
symlinkSync(join(root, 'node_modules', '@playwright', 'test'), join(project, 'node_modules', '@playwright', 'test'), 'junction');
const playwright = join(project, 'node_modules', '@playwright', 'test', 'cli.js');
writeFileSync(join(project, 'package.json'), '{"private":true}');
mkdirSync(join(project, 'billetera'));
copyFileSync(join(snippets, 'fixtures', 'users.json'), join(project, 'billetera', 'users.json'));

let wallet;
let env;
before(async () => {
  wallet = await startEmulator({ port: 0 });
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  env = { ...own, PATH: `${bin}:${process.env.PATH}`, BILLETERA_URL: wallet.url, npm_config_offline: 'true' };
  const lines = (await run('npx', ['billetera', 'env', '--url', wallet.url])).trim().split('\n');
  env = {
    ...env,
    ...Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
  };
});
beforeEach(() => wallet.reset());
after(() => wallet.close());

/** Runs a command in the project. @returns what it printed @throws AssertionError with that, if it fails */
function run(command, args, options = {}) {
  return new Promise((resolve, reject) =>
    execFile(command, args, { cwd: project, env, timeout: 120_000, ...options }, (error, stdout, stderr) => {
      if (error) reject(new assert.AssertionError({ message: `${error.message}\n${stdout}${stderr}` }));
      else resolve(stdout);
    }),
  );
}

/** Copies a snippet into the project, with the address of the emulator. @returns its path */
function copy(path, url = wallet.url) {
  const file = join(project, basename(path));
  writeFileSync(file, readFileSync(join(snippets, path), 'utf8').replaceAll(built, url));
  return file;
}

/** Makes a program of the project sign wrongly: the value of `expression`, which ends its signature in Base64, gets another text after it. */
function signWrongly(name, expression, folder = project) {
  const file = join(folder, name);
  const program = readFileSync(file, 'utf8');
  assert.ok(program.includes(expression), name);
  writeFileSync(file, program.replace(expression, `${expression.trim()} + "AAAA"${expression.endsWith('\n') ? '\n' : ''}`));
}

/** Writes the `.env` of a reader, whose server has its variables from there alone. @returns an environment without them */
async function writeEnv(folder) {
  const bare = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('BILLETERA_')));
  writeFileSync(join(folder, '.env'), await run('npx', ['billetera', 'env'], { env: bare }));
  return bare;
}

function lacks(command, ...args) {
  return spawnSync(command, args).status !== 0 && `needs ${command} ${args[0] === '-c' ? 'with a package' : ''}`;
}

/** `dotnet run` takes a file since version 10. */
function lacksDotnet() {
  const { stdout } = spawnSync('dotnet', ['--version'], { encoding: 'utf8' });
  return !(Number.parseInt(stdout, 10) >= 10) && 'needs .NET 10';
}

async function newCode() {
  const granting = { clientId: '202016726873874774774000', userId: '1000001119398804002', scopes: ['USER_ID'] };
  return (await wallet.authCodes.issue(granting)).authCode;
}

/** Checks that a text, which a reader or a log sees, has no token of the platform, not even a part of one. */
async function hasNoToken(text) {
  const tokens = (await wallet.tokens.list()).flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]);
  assert.ok(tokens.length > 0);
  for (const token of tokens) assert.ok(!text.includes(token.slice(-12)), text);
}

describe('backend', () => {
  const programs = [
    ['merchant.mjs', 'node', false],
    ['merchant.py', 'python3', lacks('python3', '-c', 'import cryptography')],
    ['merchant.php', 'php', lacks('php', '--version')],
    ['Merchant.java', 'java', lacks('java', '--version')],
    ['merchant.go', 'go', lacks('go', 'version')],
    ['Merchant.cs', 'dotnet', lacksDotnet()],
  ];
  for (const [file, command, skip] of programs)
    test(file, { skip }, async () => {
      await wallet.clients.change('202016726873874774774000', { signature: 'required' });
      const args = ['go', 'dotnet'].includes(command) ? ['run'] : [];
      assert.match(await run(command, [...args, copy(`backend/${file}`), await newCode()]), /SUCCESS/);
      const [entry] = await wallet.journal.list({ operation: 'applyToken', limit: 1 });
      assert.equal(entry.signature.verified, true);

      await refuses('platform-down', /HTTP\S* 503.*: the answer has no signature/);
      await refuses('platform-does-not-sign', /HTTP\S* 200.* SUCCESS: the answer has no signature/);
      await refuses('platform-signs-wrongly', /HTTP\S* 200.* SUCCESS: the platform did not sign this answer/);

      async function refuses(library, pattern) {
        await wallet.scenarios.clear();
        await wallet.scenarios.add({ library });
        const running = run(command, [...args, copy(`backend/${file}`), await newCode()]);
        const { message } = await running.then(assert.fail, (error) => error);
        assert.match(message, pattern);
        await hasNoToken(message);
      }
    });

  const servers = [
    ['server.php', 'php', ['-S', 'localhost:PORT', 'server.php'], lacks('php', '--version')],
    ['server.py', 'python3', ['server.py'], lacks('python3', '-c', 'import cryptography')],
    ['Server.java', 'java', ['Server'], lacks('javac', '--version')],
    ['server.mjs', 'node', ['server.mjs'], false],
  ];
  for (const [file, command, args, skip] of servers)
    test(`a web server: ${file}`, { skip }, async () => {
      for (const path of readdirSync(join(snippets, 'backend'))) copy(`backend/${path}`);
      for (const path of readdirSync(join(snippets, 'get-started'))) copy(`get-started/${path}`);
      if (command === 'java') await run('javac', ['Merchant.java', 'Server.java']);
      const port = await freePort();
      const started = args.map((arg) => arg.replace('PORT', port));
      const server = spawn(command, started, { cwd: project, env: { ...env, PORT: String(port) } });
      let printed = '';
      for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => (printed += data));
      const address = `http://localhost:${port}`;
      const login = async (body) => (await fetch(address, { method: 'POST', body })).text();
      try {
        await once(command === 'php' ? server.stderr : server.stdout, 'data');
        assert.match(await (await fetch(address)).text(), /<title>My shop<\/title>/);
        assert.equal(await login(await newCode()), 'Welcome, 1000001119398804002!');
        assert.match(await login('any'), /authCode/);
        for (const [library, pattern] of [
          ['platform-down', /HTTP\S* 503.*: the answer has no (signature|result)$/],
          // The server of Get started, which shows the least that is needed, does not check the signature.
          ['platform-signs-wrongly', command === 'node' ? /^Welcome/ : /: the platform did not sign this answer$/],
          ['answer-cut-off', /./],
          ['answer-garbled', /./],
        ]) {
          await wallet.scenarios.clear();
          await wallet.scenarios.add({ library });
          const answer = await login(await newCode());
          assert.match(answer, pattern, library);
          await hasNoToken(answer + printed);
        }
      } finally {
        server.kill('SIGKILL');
        await once(server, 'exit');
      }
    });
});

describe('tests', () => {
  test('start.mjs', async () => assert.match(await run('node', [copy('tests/start.mjs')]), /^281011\w+ is good at http/));
  for (const file of ['tests/recipes.test.mjs', 'readme/expired.test.mjs'])
    test(file, async () => {
      assert.match(await run('node', ['--test', '--test-reporter=tap', copy(file)]), /^# fail 0$/m);
    });
  test('node:test', async () => {
    const runTest = () => run('node', ['--test', '--test-reporter=tap', copy('tests/login.test.mjs')]);
    copy('get-started/server.mjs');
    copy('get-started/index.html');
    await writeEnv(project);
    assert.match(await runTest(), /^# fail 0$/m);
    signWrongly('server.mjs', "toString('base64')");
    await assert.rejects(runTest(), /INVALID_SIGNATURE/);
  });
  test('pytest', { skip: lacks('python3', '-c', 'import pytest, cryptography') }, async () => {
    const runTest = () => run('python3', ['-m', 'pytest', '-q', copy('tests/test_login.py')]);
    copy('backend/merchant.py');
    assert.match(await runTest(), /1 passed/);
    signWrongly('merchant.py', ').decode()\n');
    await assert.rejects(runTest(), /INVALID_SIGNATURE/);
  });

  const jars = [
    'junit-jupiter-api',
    'junit-jupiter-engine',
    'junit-platform-commons',
    'junit-platform-engine',
    'junit-platform-launcher',
  ]
    .concat(['junit-platform-console', 'junit-platform-reporting', 'opentest4j', 'apiguardian-api', 'picocli'])
    .map((name) => `/usr/share/java/${name}.jar`);
  test('JUnit', { skip: !jars.every((jar) => existsSync(jar)) && "needs Debian's package junit5" }, async () => {
    const path = [...jars, project].join(':');
    const runTest = async () => {
      await run('javac', ['-cp', path, copy('tests/LoginTest.java'), 'Merchant.java']);
      return run('java', ['-cp', path, 'org.junit.platform.console.ConsoleLauncher', '-c', 'LoginTest']);
    };
    copy('backend/Merchant.java');
    assert.match(await runTest(), /1 tests successful/);
    signWrongly('Merchant.java', 'encodeToString(signer.sign())');
    await assert.rejects(runTest(), /INVALID_SIGNATURE/);
  });
});

test('tenants.mjs', async () => {
  assert.match(await run('node', [copy('tenants/tenants.mjs')]), /^2030-01-07T\S+ 2030-01-06T/);
});

test('a native mini program, and one of a framework', async () => {
  await wallet.settings.change({ consent: 'grant' });
  assert.match(await run('node', [copy('mini-program/native.mjs')]), /^281011\w+\n$/);
  await run('node', [copy('mini-program/framework.mjs')]);
});

describe('get started', () => {
  /** Each wallet with its page, its server, and what the page says after a refusal and after a consent. */
  const wallets = [
    [
      'platform-v2',
      'get-started/index.html',
      'get-started/server.mjs',
      'Welcome, 1000001119398804001!',
      'Lucía Inés Ortuño Velarde',
    ],
    [
      'claro',
      'get-started/index.html',
      'get-started/server.mjs',
      'Welcome, 1000001119398804030!',
      'Wilkin Esteban Polanco Yermenos',
    ],
    ['gcash', 'get-started/index.html', 'get-started/server.mjs', /^Welcome, \d+!$/, 'Jomar Villaruz Tandayag'],
    ['mpesa', 'get-started/index.html', 'get-started/server.mjs', /^Welcome, \d+!$/, 'Baraka Mutiso Kilonzwe'],
    ['toka', 'wallets/toka.html', 'wallets/toka.mjs', /^10006: ./, 'Ximena Itzel Robledo Tzintzun'],
  ];
  for (const [name, html, program, refused, fullName] of wallets)
    test(`${name}: the page and the server log the user in, also if the user refuses the name`, async () => {
      const own = await startEmulator({ port: 0, wallet: name });
      await own.clients.change('202016726873874774774000', { signature: 'required' });
      copy(html, own.url);
      // Another working folder: the server finds the page next to itself.
      const server = spawn('node', [copy(program, own.url)], { cwd: root, env: { ...env, BILLETERA_URL: own.url, PORT: '0' } });
      const browser = await chromium.launch(launchOptions);
      try {
        const [printed] = await once(server.stdout.setEncoding('utf8'), 'data');
        const page = await browser.newPage({ locale: 'en-US' });
        await page.goto(printed.trim());
        const output = page.locator('output');
        for (const [button, text] of [
          ['consent-deny', refused],
          ['consent-allow', `Welcome, ${fullName}!`],
        ]) {
          await page.getByRole('button', { name: 'Log in' }).click();
          await page.frameLocator('iframe').getByTestId(button).click();
          await output.filter({ hasText: text }).waitFor();
        }
        assert.deepEqual(await own.findings(), []);
      } finally {
        await browser.close();
        server.kill('SIGKILL');
        await once(server, 'exit');
        await own.close();
      }
    });
});

test('Playwright: the page and the server of Get started, each with the emulator of the test', async () => {
  for (const path of ['get-started/index.html', 'get-started/server.mjs', 'tests/login.spec.ts'])
    copyFileSync(join(snippets, path), join(project, basename(path)));
  const bare = await writeEnv(project);
  const config = { use: { launchOptions, locale: 'en-US' } };
  writeFileSync(join(project, 'playwright.config.mjs'), `export default ${JSON.stringify(config)};`);
  const runTest = () => run('node', [playwright, 'test', 'login.spec.ts', '--reporter=line'], { env: bare });
  assert.match(await runTest(), /1 passed/);
  signWrongly('server.mjs', "toString('base64')");
  await assert.rejects(runTest(), /INVALID_SIGNATURE/);
});

test('CI: exec gives the page, the server and the test one emulator, without an .env', async () => {
  const [port, shopPort] = [await freePort(), await freePort()];
  const folder = join(project, 'ci');
  mkdirSync(folder);
  for (const path of ['get-started/index.html', 'get-started/server.mjs', 'ci/playwright.config.ts', 'ci/login.spec.ts']) {
    const text = readFileSync(join(snippets, path), 'utf8').replaceAll(':4010', `:${port}`).replaceAll(':8080', `:${shopPort}`);
    writeFileSync(join(folder, basename(path)), text);
  }
  const config = JSON.stringify({ launchOptions, locale: 'en-US' });
  const text = `import config from './playwright.config';\nexport default { ...config, use: ${config} };`;
  writeFileSync(join(folder, 'here.config.ts'), text);
  const bare = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('BILLETERA_')));
  const args = ['billetera', 'exec', '--port', `${port}`, '--', 'node', playwright, 'test', '--config', 'here.config.ts'];
  const runTest = () => run('npx', args, { cwd: folder, env: { ...bare, PORT: `${shopPort}` } });
  assert.match(await runTest(), /1 passed/);
  signWrongly('server.mjs', "toString('base64')", folder);
  await assert.rejects(runTest(), /INVALID_SIGNATURE/);
  const [failed] = readdirSync(join(project, 'test-results'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const saved = (name) => JSON.parse(readFileSync(join(project, 'test-results', failed.name, name), 'utf8'));
  assert.ok(saved('report.json').entries.some(({ resultCode }) => resultCode === 'INVALID_SIGNATURE'));
  assert.ok(saved('calls.har').log.entries.some(({ request }) => request.url.endsWith('/applyToken')));
});

test('CI: the command that keeps the calls of a failed test saves them while exec runs', async () => {
  const [command] = /^npx billetera exec -- sh -c .*$/m.exec(guide('docs/guides/en/ci.md'));
  const folder = join(project, 'failing');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true,"scripts":{"test":"node fails.mjs"}}');
  writeFileSync(
    join(folder, 'fails.mjs'),
    "await fetch(process.env.BILLETERA_URL + '/my-path', { method: 'POST' });\nprocess.exit(1);",
  );
  await assert.rejects(run('sh', ['-c', command], { cwd: folder }));
  const saved = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  assert.deepEqual(
    saved('report.json').entries.map((entry) => entry.path),
    ['/my-path'],
  );
  assert.deepEqual(
    saved('calls.har').log.entries.map(({ request }) => new URL(request.url).pathname),
    ['/my-path'],
  );
});

test('Get started shows what start prints', async () => {
  const [, shown] = /^```text\n.* listening at .*\n([\s\S]*?)^```$/m.exec(guide('docs/guides/en/get-started.md'));
  const port = await freePort();
  const emulator = spawn('node', [join(root, 'dist', 'bin', 'main.js'), 'start', '--port', `${port}`], { cwd: project, env });
  let printed = '';
  for await (const chunk of emulator.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (printed.includes('shows every step\n')) break;
  }
  emulator.kill('SIGKILL');
  assert.equal(printed, shown.replaceAll('4010', port));
});

/** Commands that install packages, need a container engine or a real platform, start an emulator at the usual port, or run the tests of a reader. */
const notHere =
  /^(docker|npm (init|install)|npm start)|sh -c 'npm test|billetera start|billetera (record|compare)|--host 0\.0\.0\.0|redis:\/\/|(server|toka)\.(mjs|php|py)|Server\.java/m;

describe('commands', () => {
  const folder = join(root, 'docs', 'guides', 'en');
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  before(() => writeFileSync(join(project, 'my-key.public.pem'), publicKey.export({ type: 'spki', format: 'pem' })));

  for (const path of ['README.md', ...readdirSync(folder).map((file) => `docs/guides/en/${file}`)])
    for (const [, block] of guide(path).matchAll(/^```sh\n([\s\S]*?)^```$/gm)) {
      if (notHere.test(block)) continue;
      test(`${path}: ${block.split('\n')[0]}`, async () => {
        const commands = block.replaceAll(built, wallet.url).replace('npx billetera journal --follow\n', '');
        const printed = await run('bash', ['-euo', 'pipefail', '-c', commands]);
        if (/^curl/m.test(block)) assert.doesNotMatch(printed, /"error":|PARAM_ILLEGAL/);
      });
    }
});

describe('other test runners', () => {
  const folder = scratchFolder('guides-runners');
  const file = 'login.test.mjs';
  before(async () => {
    copyFileSync(join(snippets, 'get-started', 'server.mjs'), join(folder, 'server.mjs'));
    await writeEnv(folder);
    install(folder, 'vitest@3', 'jest@30', root);
    const node = readFileSync(join(snippets, 'tests', file), 'utf8');
    const names = "import { after, afterEach, before, beforeEach, test } from 'node:test';";
    assert.ok(node.includes(names));
    const others = 'import { afterAll as after, afterEach, beforeAll as before, beforeEach, test } from';
    writeFileSync(join(folder, 'vitest.test.mjs'), node.replace(names, `${others} 'vitest';`));
    writeFileSync(join(folder, 'jest.test.mjs'), node.replace(names, `${others} '@jest/globals';`));
  });
  test('vitest', async () => {
    await run('node', [commandFile(folder, 'vitest', 'vitest'), 'run', 'vitest.test.mjs'], { cwd: folder });
  });
  test('Jest', async () => {
    const options = ['--testMatch', '**/jest.test.mjs', '--moduleFileExtensions', 'js', 'mjs'];
    await run('node', ['--experimental-vm-modules', commandFile(folder, 'jest', 'jest'), ...options], { cwd: folder });
  });
});
