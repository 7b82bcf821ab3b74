import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emulatorForFile, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { worldAndPage } from '../testing/world-and-page.js';

const emulator = await emulatorForFile();
const applyToken = '/v2/authorizations/applyToken';

/** Opens the stream of a page, and reads it. */
async function openStream(address: string) {
  const response = await fetch(emulator.url + address);
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    /** Reads on until the stream has this text. @returns all that it sent */
    async until(pattern: RegExp) {
      while (!pattern.test(text)) text += (await reader.read()).value ?? '';
      return text;
    },
    /** The data of all events of a name so far. */
    data: (name: string) =>
      [...text.matchAll(/^event: (.*)\n(?:id: .*\n)?data: (.*)$/gm)]
        .filter(([, of]) => of === name)
        .map(([, , json = '']) => JSON.parse(json)),
    close: () => reader.cancel(),
  };
}

const streamOf = (html: string) => /<body data-stream="([^"]+)"/.exec(html)?.[1] ?? '';

test('a stream sends the rows of new calls that match, those since the page was made first', async () => {
  const { world, page } = worldAndPage(emulator);
  const { tenant } = world;
  const address = streamOf(await page('/?lang=en&resultStatus=F'));
  await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const stream = await openStream(address);
  await stream.until(/^data: .*INVALID_ACCESS_TOKEN.*$/m);
  await world.tokens();
  await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode: 'nope' });
  await stream.until(/event: panels/);
  const text = await stream.until(/event: calls[\s\S]*event: calls\n.*\n.*\n\n/);
  assert.deepEqual(
    stream.data('calls').map(({ count, rows }) => [count, rows.length]),
    [
      [1, 1],
      [1, 1],
    ],
  );
  assert.ok(!text.includes('data-code="SUCCESS"'));
  tenant.journal.clear();
  await stream.until(/event: emptied/);
  await stream.close();
});

test('a page that comes back gets as many rows as it shows, and the count of all calls that it missed', async () => {
  const { world, page } = worldAndPage(emulator);
  await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const html = await page('/?lang=en');
  const [known] = world.tenant.journal.list({}, 1);
  for (let time = 0; time < 60; time++) await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const stream = await openStream(streamOf(html));
  await stream.until(/event: calls\n(?:.*\n)*?\n/);
  await stream.until(/event: panels\n.*\n\n/);
  const [{ count, rows }] = stream.data('calls');
  assert.deepEqual([count, rows.length], [60, 50]);
  const newest = world.tenant.journal.list({}, 50).map(({ id }) => id);
  assert.deepEqual(
    rows.map(({ id }: { id: string }) => id),
    newest,
  );
  assert.equal(stream.data('emptied').length, 0);
  await stream.close();

  // Calls that were removed while the page was away do not stay in its list.
  world.tenant.journal.clear();
  await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode: 'nope' });
  const again = await openStream(streamOf(html).replace(/after=\d+/, `after=${known?.id}`));
  const text = await again.until(/event: calls\n(?:.*\n)*?\n/);
  assert.match(text, /event: emptied[\s\S]*event: calls/);
  assert.deepEqual(
    again.data('calls').map(({ count }) => count),
    [1],
  );
  await again.close();
});

test('each page has one stream, which tells the clock when it is set, and after a reset', async () => {
  const { world, page } = worldAndPage(emulator);
  const { tenant } = world;
  for (const path of [
    '/',
    '/journal',
    '/journal?before=1',
    '/authorizations',
    '/authorizations/none',
    '/playground',
    '/scenarios',
    '/users',
  ])
    assert.equal([...(await page(path)).matchAll(/data-stream=/g)].length, 1, path);
  const stream = await openStream(streamOf(await page('/users')));
  await stream.until(/event: clock\n.*\n\n/);
  tenant.clock.freeze();
  tenant.clock.set(Date.parse('2030-01-01T10:00:00Z'));
  await stream.until(/1893492000000/);
  await emulator.tenants.reset(tenant.name);
  await stream.until(/event: reset[\s\S]*event: clock/);
  assert.deepEqual(
    stream.data('clock').map(({ frozen }) => frozen),
    [false, true, false],
  );
  emulator.tenants.get(tenant.name).clock.set(Date.parse('2031-01-01T10:00:00Z'));
  await stream.until(/"now":1925028/);
  await stream.close();
});

test('the page of an authorization hears of its own calls and of changes, and not of the calls of others', async () => {
  const { world, page } = worldAndPage(emulator);
  await world.tokens();
  const [id = ''] = world.tenant.journal.authorizationIds();
  const stream = await openStream(streamOf(await page(`/authorizations/${id}`)));
  await stream.until(/event: clock/);
  await world.tokens();
  await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode: 'nope' });
  world.tenant.clock.freeze();
  await stream.until(/"frozen":true/);
  assert.equal(stream.data('authorization').length, 0);
  await emulator.app.inject({
    method: 'POST',
    url: `/t/${world.tenant.name}/_emulator/tokens/revoke`,
    payload: { userId: users.tomas },
  });
  await stream.until(/event: authorization/);
  await stream.close();
});

test('a stream tells that a call runs, and puts its finished row in the place of the running one', async () => {
  const { world, page } = worldAndPage(emulator);
  const client = new PageClient(emulator, world.tenant.name);
  const stream = await openStream(streamOf(await page('/?lang=en')));
  await stream.until(/event: running/);
  const sheet = await client.sheet(['USER_NAME']);
  await stream.until(/event: calls/);
  const [{ count, rows }] = stream.data('calls');
  const [{ id, html }] = rows;
  assert.deepEqual([count, rows.length], [1, 1]);
  assert.match(html, new RegExp(`data-id="${id}" data-code="" data-running="unfinished"`));
  assert.match(html, /the call waits for the user to answer on the sheet/);
  await client.post(sheet, { decision: 'deny' });
  await stream.until(/"was"/);
  const finished = stream.data('calls').at(-1).rows[0];
  assert.equal(finished.was, id);
  assert.equal(finished.id, world.tenant.journal.list({ operation: 'getAuthCode' })[0]?.id);
  assert.doesNotMatch(finished.html, /running/);

  // A sheet that expires leaves no entry.
  await client.sheet(['USER_NAME']);
  await stream.until(new RegExp(`"id":"(?!${id}")running-`));
  await client.send('POST', '/_emulator/clock/advance', JSON.stringify({ by: 'PT11M' }), { 'content-type': 'application/json' });
  await stream.until(/"ended":\["running-\d+"\]/);
  await stream.close();
});
