import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { emulatorForFile, faro } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';
import { oneNotification, openNotified } from '../testing/notified-world.js';

const emulator = await emulatorForFile();

describe('retries until the merchant answers S', () => {
  const wrongKey = privateKey('demo-merchant.private.pem');

  test('come after growing delays, by the emulator’s clock', async () => {
    const { world, merchant, tries } = await oneNotification(
      emulator,
      ...Array.from({ length: 20 }, () => (response: ServerResponse) => void response.writeHead(503).end()),
    );
    for (const [index, minutes] of [1, 2, 10, 30, 60, 360, 900].entries()) {
      const last = (await tries(index + 1)).at(-1);
      assert.equal(
        last.reason,
        `try ${index + 1}: the merchant answered HTTP 503: expected 200; the next try is due in ${minutes} min of the emulator's time`,
      );
      await world.advance(`PT${minutes * 60 - 1}S`);
      assert.equal(merchant.notifications.length, index + 1, 'not before its time');
      await world.advance('PT1S');
    }
    assert.match((await tries(8)).at(-1).reason, /^try 8: .*; this was the last try$/);
    await world.advance('P30D');
    assert.equal(merchant.notifications.length, 8);
    assert.equal(new Set(merchant.notifications.map(({ body }) => JSON.stringify(body))).size, 1, 'the same body each time');
  });

  test('come after an answer that is F, not JSON or not 200', async () => {
    const opened = await openNotified(emulator);
    const { world, merchant, tries } = opened;
    merchant.next.push(
      (response, request) => merchant.respond(response, request, { status: 'F' }),
      (response) => response.end('success'),
      (response) => response.writeHead(204).end(),
    );
    await world.code();
    const reasons = [/says F: expected/, /has no result.resultStatus/, /HTTP 204: expected 200/, /the merchant accepted it/];
    for (const [index, reason] of reasons.entries()) {
      assert.match((await tries(index + 1)).at(-1).reason, reason);
      await world.advance('PT15H');
    }
    await world.advance('P30D');
    assert.equal(merchant.notifications.length, 4, 'none after S');
    assert.deepEqual(
      (await tries(4)).map(({ resultStatus }) => resultStatus),
      ['F', 'F', 'F', 'S'],
    );
  });

  test('do not come after an S that is unsigned or wrongly signed; a wrong signature is noted', async () => {
    for (const signature of ['required', 'optional', 'off']) {
      const { world, merchant, tries } = await openNotified(emulator);
      await world.control('PATCH', `clients/${faro.clientId}`, { signature });
      merchant.next.push(
        (response, request) => merchant.respond(response, request, { signed: false }),
        (response, request) => merchant.respond(response, request, { key: wrongKey }),
      );
      await world.code();
      await tries(1);
      await world.code();
      const entries = await tries(2);
      assert.deepEqual(
        entries.map(({ resultStatus, signature: { verified } }) => [resultStatus, verified]),
        [
          ['S', null],
          ['S', signature === 'off' ? null : false],
        ],
        signature,
      );
      assert.equal(entries[0].reason, 'try 1: the merchant accepted it');
      const noted = '; its answer has a signature that does not verify (an answer need not be signed)';
      assert.equal(entries[1].reason, `try 1: the merchant accepted it${signature === 'off' ? '' : noted}`);
      await world.advance('P30D');
      assert.equal(merchant.notifications.length, 2);
    }
  });
});
