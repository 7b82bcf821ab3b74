import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, users } from '../emulator.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const emulator = await emulatorForFile();
const open = () => DialectWorld.open(emulator, dialectOf('toka'));

describe('toka', () => {
  const jsapis = {
    getUserDigitalIdentityAuthCode: ['USER_ID', 'USER_AVATAR', 'USER_NICKNAME'],
    getUserContactInformationAuthCode: ['PLAINTEXT_MOBILE_PHONE', 'PLAINTEXT_EMAIL_ADDRESS'],
    getUserAddressInformationAuthCode: ['USER_ADDRESS'],
    getUserPersonalInformationAuthCode: [
      ...['USER_NAME', 'USER_FIRST_SURNAME', 'USER_SECOND_SURNAME', 'USER_GENDER', 'USER_BIRTHDAY', 'USER_STATE_OF_BIRTH'],
      'USER_NATIONALITY',
    ],
    getUserKYCStatusAuthCode: ['USER_KYC_STATUS'],
  };
  for (const [name, scopes] of Object.entries(jsapis)) {
    test(`${name}: returns a code and a result number, or the reason of the failure`, async () => {
      const world = await open();
      const page = world.miniProgram();
      const usage = 'To know you';
      const refused = await page.ask(name, { usage, scopes }, 'deny');
      assert.deepEqual([refused.ok, refused.result.resultCode], [false, 10006]);
      assert.equal((await page.ask(name, { usage, scopes }, 'close')).result.resultCode, 10006);
      const { ok, result } = await page.ask(name, { usage, scopes }, 'allow');
      assert.equal(ok, true);
      assert.deepEqual(Object.keys(result).sort(), ['result', 'resultCode']);
      assert.equal(result.resultCode, 10000);
      const { body } = await world.exchange(result.result as string);
      assert.equal(body.userId, '1000001119398804028');
      const { accessToken } = body;
      assert.equal((await world.userInfo(accessToken)).code, '20000000');

      const strays: unknown[] = [['USER_ID', 'NO_SUCH'], [], undefined, 5, ['AGREEMENT_PAY']];
      for (const stray of strays) assert.equal((await page.call(name, { usage, scopes: stray })).result.resultCode, 10001);
      const elsewhere = await world.miniProgram('3333019999999999999').call(name, { usage, scopes });
      assert.deepEqual([elsewhere.ok, elsewhere.result.resultCode], [false, 10002]);
    });
  }

  test('a frozen account is a system error, and closing the screen is a refusal', async () => {
    const world = await open();
    const call = async (user: string) => {
      await world.control('PUT', 'settings', { user });
      return (await world.miniProgram().call('getUserAddressInformationAuthCode', { scopes: ['USER_ADDRESS'] })).result
        .resultCode;
    };
    assert.equal(await call('1000001119398804011'), 10004);
    assert.equal(await call('1000001119398804012'), 10006);
    assert.equal(await call(users.harriet), 10006);
    assert.equal(await call(users.tomas), 10000);
  });

  test('a refusal is 10006 although USER_ID is silent, for every way to refuse', async () => {
    const world = await open();
    const ask = async () => {
      const answer = await world.miniProgram().call('getUserDigitalIdentityAuthCode', { scopes: ['USER_ID', 'USER_NICKNAME'] });
      return [answer.ok, answer.result.resultCode, answer.result.result];
    };
    await world.control('PUT', 'settings', { consent: 'deny' });
    assert.deepEqual(await ask(), [false, 10006, undefined]);
    await world.control('PUT', 'settings', { consent: 'grant' });
    await world.control('POST', 'scenarios', Object.fromEntries([['then', { consent: 'deny' }]]));
    assert.deepEqual(await ask(), [false, 10006, undefined]);
    const silent = await world.miniProgram().call('getUserDigitalIdentityAuthCode', { scopes: ['USER_ID'] });
    assert.equal(silent.result.resultCode, 10000, 'nothing is asked, so nothing is refused');
  });

  test('the screen shows the usage that the mini program states, as text', async () => {
    const page = (await open()).miniProgram();
    const screen = async (usage: unknown) => {
      const { sheet } = await page.call('getUserAddressInformationAuthCode', { usage, scopes: ['USER_ADDRESS'] });
      return (await fetch(`${sheet}&lang=en`)).text();
    };
    assert.match(await screen('To send <b>your</b> order'), /To send &lt;b&gt;your&lt;\/b&gt; order/);
    for (const usage of [undefined, 5, '']) assert.doesNotMatch(await screen(usage), /data-testid="consent-purpose"/);
  });

  test('has no getAuthCode', async () => {
    const { ok, result } = await (await open()).miniProgram().call('getAuthCode', { scopes: ['USER_ID'] });
    assert.equal(ok, false);
    assert.match(
      String(result.errorMessage),
      /no JSAPI getAuthCode: to log a user in, it has my\.getUserDigitalIdentityAuthCode, .*my\.getUserKYCStatusAuthCode\. \/t\/[^ ]+\/profile lists/,
    );
  });

  test('gender is F, M or X, or missing if the user has none', async () => {
    const world = await open();
    const gender = async (user: string) => {
      await world.control('PUT', 'settings', { user });
      return (await world.userInfo((await world.tokens(['USER_GENDER'])).accessToken)).body.gender;
    };
    assert.equal(await gender(users.tomas), 'M');
    assert.equal(await gender('1000001119398804028'), 'F');
    assert.equal(await gender('1000001119398804015'), 'X');
    assert.equal(await gender('1000001119398804016'), undefined);
  });
});
