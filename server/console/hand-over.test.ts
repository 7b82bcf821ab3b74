import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile, newWorld } from '../testing/emulator.js';

const emulator = await emulatorForFile();

test('the dashboard has a button for each file to hand over, and the file has the wallet and the time in its name', async () => {
  const { tenant } = newWorld(emulator);
  tenant.clock.freeze();
  const time = new Date(tenant.clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const { payload } = await emulator.app.inject(`/t/${tenant.name}/?lang=en`);
  for (const [button, ending] of [
    ['report', 'report.json'],
    ['har', 'har'],
    ['snapshot', 'snapshot.json'],
  ]) {
    const address = new RegExp(`data-testid="hand-over-${button}"[^>]*href="([^"]*)" download>`).exec(payload)?.[1] ?? '';
    const { statusCode, headers } = await emulator.app.inject(address.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
    assert.equal(statusCode, 200, address);
    const name = `billetera-${tenant.profile.name}-${time}.${ending}`;
    assert.equal(headers['content-disposition'], `attachment; filename="${name}"`);
  }
});

test('the menu leads to the page that reports a problem, which has a field for what was expected and the command that opens the file', async () => {
  const { tenant } = newWorld(emulator);
  const dashboard = (await emulator.app.inject(`/t/${tenant.name}/`)).payload;
  const [, href = ''] = /href="([^"]*)" data-testid="report-problem"/.exec(dashboard) ?? [];
  assert.equal(href, `/t/${tenant.name}/report`);
  const page = (await emulator.app.inject(`${href}?lang=en`)).payload;
  assert.match(page, new RegExp(`<form action="/t/${tenant.name}/_emulator/report">[\\s\\S]*<textarea [^>]*name="comment"`));
  assert.match(page, /<code>npx billetera report open report\.json<\/code><button [^>]*data-copy/);
});

test('the text of the snapshot says that it leaves out the journal, in each language', async () => {
  const { tenant } = newWorld(emulator);
  const page = async (lang: string) => (await emulator.app.inject(`/t/${tenant.name}/?lang=${lang}`)).payload;
  assert.match(await page('en'), /It leaves out the journal/);
  assert.match(await page('es'), /No incluye la bitácora/);
});

test('the HAR has the calls that the dashboard is filtered by', async () => {
  const world = newWorld(emulator);
  await world.tokens();
  await world.tokens();
  const [authorizationId] = world.tenant.journal.authorizationIds();
  const { payload } = await emulator.app.inject(`/t/${world.tenant.name}/?authorization=${authorizationId}`);
  const address = /data-testid="hand-over-har"[^>]*href="([^"]*)"/.exec(payload)?.[1] ?? '';
  const { log } = (await emulator.app.inject(address.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))).json();
  assert.equal(log.entries.length, 1);
});
