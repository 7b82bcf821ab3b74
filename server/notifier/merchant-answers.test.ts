import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { emulatorForFile, faro, openTestEmulator } from '../testing/emulator.js';
import type { MerchantServer } from '../testing/merchant-server.js';
import { oneNotification, openNotified } from '../testing/notified-world.js';
import { inLanguage } from '../texts/write-text.js';

const emulator = await emulatorForFile();

describe('a merchant that', () => {
  const unreachable: Record<string, [MerchantServer['next'][number], RegExp]> = {
    'closes the connection': [
      (response) => response.destroy(),
      /could not be reached: .* perhaps the port serves HTTPS \(ECONNRESET\)/,
    ],
    redirects: [(response) => response.writeHead(307, { Location: '/elsewhere' }).end(), /HTTP 307: expected 200/],
    'answers megabytes': [(response) => response.writeHead(200).end(Buffer.alloc(4 * 1024 * 1024, 'x')), /longer than 64 KiB/],
    'answers megabytes, compressed': [
      (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(4 * 1024 * 1024))),
      /longer than 64 KiB/,
    ],
    'says gzip and sends plain text': [
      (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('success'),
      /could not be reached: the answer is not compressed as its header Content-Encoding says \(Z_DATA_ERROR\)/,
    ],
    'never ends its answer': [endless, /longer than 64 KiB/],
  };
  for (const [how, [answer, reason]] of Object.entries(unreachable)) {
    test(`${how} gets a retry`, async () => {
      const { world, merchant, tries } = await oneNotification(emulator, answer);
      assert.match((await tries(1)).at(-1).reason, reason);
      await world.advance('PT1M');
      assert.match((await tries(2)).at(-1).reason, /^try 2: the merchant accepted it$/);
      assert.deepEqual(
        merchant.notifications.map((notification) => notification.path),
        ['/notify', '/notify'],
      );
      assert.equal((await world.exchange(await world.code())).code, 'SUCCESS');
    });
  }

  test('is not there gets a retry', async () => {
    const { world, tries } = await openNotified(emulator);
    await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: 'http://127.0.0.1:1/' });
    await world.code();
    const { id, reason } = (await tries(1)).at(-1);
    assert.match(reason, /could not be reached: the connection to 127\.0\.0\.1:1 was refused \(ECONNREFUSED\)/);
    const told = emulator.tenants.get(world.tenant).journal.get(id);
    assert.match(
      told === undefined ? '' : inLanguage(told.reason, 'es'),
      /no se pudo llegar al comercio: se rechazó la conexión con 127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    );
  });

  test('gets nothing that was still waiting when its tenant was reset', async () => {
    const { world, merchant, tries } = await openNotified(emulator);
    const held: [ServerResponse, Parameters<MerchantServer['respond']>[1]][] = [];
    const allHeld = new Promise<void>((resolve) => {
      for (let index = 0; index < 4; index++)
        merchant.next.push((response, request) => {
          if (held.push([response, request]) === 4) resolve();
        });
    });
    for (let index = 0; index < 12; index++) await world.code();
    await allHeld;
    await world.control('POST', 'reset');
    for (const [response, request] of held) merchant.respond(response, request);
    await world.control('PUT', 'settings', { wallet: 'alipay-plus' });
    await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: `${merchant.url}/after-reset` });
    await world.code();
    await tries(1);
    assert.deepEqual(
      merchant.notifications.map((notification) => notification.path),
      ['/notify', '/notify', '/notify', '/notify', '/after-reset'],
    );
  });

  test('hangs delays neither other merchants nor the emulator’s close', async () => {
    const own = await openTestEmulator();
    const { world: hung, merchant: hanging } = await openNotified(own);
    hanging.next.push(...Array.from({ length: 40 }, () => () => {}));
    for (let count = 0; count < 40; count++) await hung.code();
    const { world, tries } = await openNotified(own);
    await world.code();
    assert.equal((await tries(1)).at(-1).resultStatus, 'S');
    assert.ok(hanging.notifications.length <= 4);
    const began = performance.now();
    await own.close();
    assert.ok(performance.now() - began < 2000);
  });
});

function endless(response: ServerResponse): void {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(16 * 1024, 'x')));
  };
  response.on('drain', more);
  more();
}
