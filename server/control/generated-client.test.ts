import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import spawn from 'cross-spawn';
import { build } from 'esbuild';
import { packageRoot } from '../package-root.js';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';

const emulator = await emulatorForFile();
// A folder inside the package, so that the generated code can import the generator's runtime.
const folder = join(packageRoot, 'dist', `generated-${process.pid}`);
mkdirSync(folder, { recursive: true });
after(() => rmSync(folder, { recursive: true, force: true }));

function run(tool: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawn.sync(join(packageRoot, 'node_modules', '.bin', tool), args, { encoding: 'utf8' });
  assert.equal(status, 0, `${tool}: ${stdout}${stderr}`);
}

test('a client generated from the OpenAPI document compiles in strict mode and works', async () => {
  const document = await (await fetch(`${emulator.url}/_emulator/openapi.json`)).text();
  const [spec, source, bundle] = ['openapi.json', 'client.ts', 'client.mjs'].map((file) => join(folder, file)) as [
    string,
    string,
    string,
  ];
  writeFileSync(spec, document);
  run('oazapfts', spec, source);
  run(
    'tsc',
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2022,dom',
    source,
  );
  await build({ entryPoints: [source], outfile: bundle, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });

  const client = await import(pathToFileURL(bundle).href);
  client.defaults.baseUrl = emulator.url;
  const health = await client.readHealth();
  assert.deepEqual([health.status, health.data.status], [200, 'ok']);
  const issued = await client.issueAuthCode({ clientId: aurora.clientId, userId: users.lucia, scopes: ['USER_ID'] });
  assert.equal(issued.status, 201);
  assert.ok(await emulator.tenants.default.store.findAuthCode(issued.data.authCode));
  const refused = await client.issueAuthCode({ clientId: 'nobody', scopes: ['USER_ID'] });
  assert.equal(refused.status, 400);
  assert.match(refused.data.message, /^clientId/);
});
