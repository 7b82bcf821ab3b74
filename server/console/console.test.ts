import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { emulatorForFile, newWorld, scratchFolder } from '../testing/emulator.js';

const fixtures = scratchFolder();
mkdirSync(join(fixtures, 'wallets'));
const emulator = await emulatorForFile({ fixtures });

test('the dashboard shows the merchants and the logged-in user; the other users are folded', async () => {
  const { tenant } = newWorld(emulator);
  const { payload } = await emulator.app.inject(`/t/${tenant.name}/?lang=en`);
  const [, open = '', folded = ''] = /id="users-title"([\s\S]*?)<details class="more">([\s\S]*?)<\/details>/.exec(payload) ?? [];
  const current = tenant.currentUser?.userId ?? '';
  const others = Array.from(tenant.users.all(), ({ userId }) => userId).filter((userId) => userId !== current);
  assert.ok(payload.indexOf('id="clients-title"') < payload.indexOf('id="users-title"'));
  assert.ok(open.includes(current) && !folded.includes(current));
  assert.ok(others.length > 0 && others.every((userId) => folded.includes(userId) && !open.includes(userId)));
  assert.ok(folded.includes(`Other users (${others.length})`));
});

test('the profile page lists the codes that only scenarios send', async () => {
  const { payload } = await emulator.app.inject('/t/vodapay/profile?lang=en');
  assert.match(payload, /sent only by scenarios<\/th><td role="cell"><span class="badge" data-status="F">USED_CODE</);
});

test('the profile page links to the documents of both APIs, and the menu calls neither OpenAPI', async () => {
  const { payload } = await emulator.app.inject('/t/vodapay/profile?lang=en');
  for (const document of ['wallet-openapi.json?lang=en', 'openapi.json?lang=en']) {
    assert.ok(payload.includes(`href="/t/vodapay/_emulator/${document}"`), document);
    assert.equal((await emulator.app.inject(`/t/vodapay/_emulator/${document}`)).statusCode, 200);
  }
  const menu = /<nav class="nav".*?<\/nav>/s.exec(payload)?.[0] ?? '';
  assert.match(menu, /Control API/);
  assert.doesNotMatch(menu, /OpenAPI/);
});

test('a profile that is added while the emulator runs, and is invalid, breaks no page', async () => {
  const file = join(fixtures, 'wallets', 'broken.json');
  writeFileSync(file, '{');
  try {
    for (const path of ['/', '/playground', '/profile', '/users']) {
      const { statusCode, payload } = await emulator.app.inject(path);
      assert.equal(statusCode, 200, path);
      assert.ok(!payload.includes('broken'), path);
    }
  } finally {
    rmSync(file);
  }
});
