import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Tester } from '../testing/control.js';
import { emulatorForFile } from '../testing/emulator.js';
import { heard, policy, Visitor } from '../testing/visitor.js';

const emulator = await emulatorForFile();
const visitor = new Visitor(emulator, 'payment');
const control = new Tester(emulator, 'payment');
const pay = async (): Promise<string> => (await visitor.call('tradePay', { tradeNO: '2026112210' })).body.sheet;

describe('my.tradePay', () => {
  test('every resultCode that is shown can be chosen, and is all that the page hears', async () => {
    const { text } = await visitor.get(await pay());
    const codes = [...text.matchAll(/data-testid="payment-(\d+)"/g)].map(([, code]) => code as string);
    assert.deepEqual(codes, ['9000', '8000', '4000', '6001', '6002', '6004']);
    for (const resultCode of codes)
      assert.deepEqual(heard(await visitor.post(await pay(), { resultCode })).result, { resultCode });
    const { entries } = (await control.get('/journal?operation=tradePay')).body;
    assert.equal(entries.length, codes.length);
    assert.equal(entries[0].resultCode, '6004');
  });

  test('a resultCode that is none changes nothing; one is taken once', async () => {
    const sheet = await pay();
    for (const form of [
      {},
      { resultCode: '' },
      { resultCode: '1' },
      { resultCode: ['9000', '9000'] },
      { resultCode: '__proto__' },
    ])
      assert.equal((await visitor.post(sheet, form)).status, 400);
    assert.equal((await visitor.post(sheet, { resultCode: '9000' })).status, 200);
    assert.equal((await visitor.post(sheet, { resultCode: '9000' })).status, 410);
  });

  test('comes from no page of another origin, and may be framed by the one that asked', async () => {
    const sheet = await pay();
    assert.equal((await visitor.post(sheet, { resultCode: '9000' }, { origin: Visitor.origin })).status, 403);
    assert.equal(policy(await visitor.get(sheet), 'frame-ancestors'), Visitor.origin);
  });

  test('expires, and is not found where it is not known', async () => {
    const sheet = await pay();
    await control.post('/clock/advance', { by: 'PT11M' });
    assert.equal((await visitor.post(sheet, { resultCode: '9000' })).status, 410);
    assert.equal((await visitor.get('/wallet/payment?id=guessed')).status, 404);
  });

  test('is no way to a consent, nor a consent to a payment', async () => {
    assert.equal((await visitor.get((await pay()).replace('/payment?', '/consent?'))).status, 404);
    const sheet = (await visitor.sheet(['USER_NAME'])).replace('/consent?', '/payment?');
    assert.equal((await visitor.post(sheet, { resultCode: '9000' })).status, 404);
  });
});
