import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../../dist/bin/index.js';
import { commandFile, install, scratchFolder } from './install.mjs';

/** Checks the OpenAPI documents with the default rules of Redocly, except that the control API needs no security by default. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = scratchFolder('openapi');

test('redocly finds nothing in the documents of the control API and of each wallet', async (context) => {
  install(scratch, '@redocly/cli@2');
  const redocly = commandFile(scratch, '@redocly/cli', 'redocly');
  const wallet = await startEmulator({ port: 0 });
  context.after(() => wallet.close());
  const documents = new Map([['control.json', `${wallet.url}/_emulator/openapi.json`]]);
  for (const file of readdirSync(join(root, 'fixtures', 'wallets')).filter((name) => name.endsWith('.json'))) {
    const name = file.slice(0, -'.json'.length);
    documents.set(`wallet-${file}`, `${wallet.url}/t/${name}/_emulator/wallet-openapi.json`);
  }
  for (const [file, address] of documents) {
    writeFileSync(join(scratch, file), await (await fetch(address)).text());
    assert.deepEqual(lint(redocly, file), [], file);
  }
});

/** @returns the problems that redocly finds */
function lint(redocly, file) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [redocly, 'lint', '--skip-rule=security-defined', '--format=json', file],
    {
      cwd: scratch,
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  assert.match(stdout, /"totals"/, stderr);
  const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  assert.equal(totals.errors + totals.warnings, problems.length);
  return problems.map(({ ruleId, message, location: [place] }) => ({ ruleId, message, place: place?.pointer }));
}
