import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { PageClient, policy, postedMessage } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
const pageClient = new PageClient(emulator, 'payment');
const control = new Tester(emulator, 'payment');
const pay = async (): Promise<string> => (await pageClient.call('tradePay', { tradeNO: '2026112210' })).body.sheet;

describe('my.tradePay', () => {
  test('the tester can choose each resultCode, and the page gets nothing else', async () => {
    const { text } = await pageClient.get(await pay());
    const codes = [...text.matchAll(/data-testid="payment-(\d+)"/g)].map(([, code]) => code as string);
    assert.deepEqual(codes, ['9000', '8000', '4000', '6001', '6002', '6004']);
    for (const resultCode of codes)
      assert.deepEqual(postedMessage(await pageClient.post(await pay(), { resultCode })).result, { resultCode });
    const { entries } = (await control.get('/journal?operation=tradePay')).body;
    assert.equal(entries.length, codes.length);
    assert.equal(entries[0].resultCode, '6004');
  });

  test('an unknown resultCode changes nothing; a valid one can be sent once', async () => {
    const sheet = await pay();
    for (const form of [
      {},
      { resultCode: '' },
      { resultCode: '1' },
      { resultCode: ['9000', '9000'] },
      { resultCode: '__proto__' },
    ])
      assert.equal((await pageClient.post(sheet, form)).status, 400);
    assert.equal((await pageClient.post(sheet, { resultCode: '9000' })).status, 200);
    assert.equal((await pageClient.post(sheet, { resultCode: '9000' })).status, 410);
  });

  test('cannot be posted by another origin, and only the page that asked may frame it', async () => {
    const sheet = await pay();
    assert.equal((await pageClient.post(sheet, { resultCode: '9000' }, { origin: PageClient.origin })).status, 403);
    assert.equal(policy(await pageClient.get(sheet), 'frame-ancestors'), PageClient.origin);
  });

  test('expires; an unknown ticket is 404', async () => {
    const sheet = await pay();
    await control.post('/clock/advance', { by: 'PT11M' });
    assert.equal((await pageClient.post(sheet, { resultCode: '9000' })).status, 410);
    assert.equal((await pageClient.get('/wallet/payment?id=guessed')).status, 404);
  });

  test('has no consent screen, and a consent has no payment screen', async () => {
    assert.equal((await pageClient.get((await pay()).replace('/payment?', '/consent?'))).status, 404);
    const sheet = (await pageClient.sheet(['USER_NAME'])).replace('/consent?', '/payment?');
    assert.equal((await pageClient.post(sheet, { resultCode: '9000' })).status, 404);
  });
});
