// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';

const emulator = await emulatorForFile();
const results = ['USED_AUTHCODE', 'EXPIRED_AUTHCODE', 'INVALID_AUTHCODE', 'PROCESS_FAIL', 'UNKNOWN_EXCEPTION'];

/** One of many parallel tests. It has its own tenant, and must not notice the others. */
class Alone {
  readonly #base: string;

  constructor(readonly index: number) {
    this.#base = `${emulator.url}/t/alone-${index}`;
  }

  async call(method: string, path: string, body?: object) {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, text);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** A merchant's call. @param base without the tenant: the code or token in the body identifies it */
  async platform(
    path: string,
    body: object,
    base = this.#base,
  ): Promise<Record<string, string> & { result: { resultCode: string } }> {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'client-id': aurora.clientId },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, string> & { result: { resultCode: string } };
  }

  exchange(authCode: string, base?: string) {
    return this.platform('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode }, base);
  }

  async run(): Promise<void> {
    const { index } = this;
    const day = `20${30 + (index % 60)}-01-01T00:00:00.000Z`;
    await this.call('PUT', '/_emulator/clock', { now: day, frozen: true });
    const result = results[index % results.length] as string;
    await this.call('POST', '/_emulator/scenarios', {
      id: 'mine',
      when: { operation: 'applyToken' },
      then: { result },
      times: 1,
    });
    const issue = () =>
      this.call('POST', '/_emulator/auth-codes', { ...aurora, userId: users.tomas, scopes: ['USER_NAME'], lifetime: index + 1 });
    const { authCode, expiryTime } = await issue();
    assert.equal(Date.parse(expiryTime) - Date.parse(day), (index + 1) * 1000);

    assert.equal((await this.exchange(authCode)).result.resultCode, result);
    const { accessToken } = await this.exchange(authCode, emulator.url);
    assert.ok(accessToken);
    const read = async () => (await this.platform('/v2/users/inquiryUserInfo', { accessToken }, emulator.url)).result.resultCode;
    assert.equal(await read(), 'SUCCESS');
    const late = await issue();
    await this.call('POST', '/_emulator/clock/advance', { by: index + 1 });
    assert.equal((await this.exchange(late.authCode)).result.resultCode, 'EXPIRED_AUTHCODE');
    await this.call('POST', '/_emulator/clock/advance', { by: 'PT3H' });
    assert.equal(await read(), 'EXPIRED_ACCESS_TOKEN');

    const { scenarios } = await this.call('GET', '/_emulator/scenarios');
    assert.deepEqual(
      scenarios.map(({ id, hits, calls }: Record<string, unknown>) => [id, hits, calls]),
      [['mine', 1, 3]],
    );
    const { now } = await this.call('GET', '/_emulator/clock');
    assert.equal(Date.parse(now) - Date.parse(day), (index + 1) * 1000 + 3 * 3_600_000);
    const { entries } = await this.call('GET', '/_emulator/journal?kind=openapi');
    assert.deepEqual(
      entries.map(({ resultCode }: { resultCode: string }) => resultCode),
      ['EXPIRED_ACCESS_TOKEN', 'EXPIRED_AUTHCODE', 'SUCCESS', 'SUCCESS', result],
    );
    const { tokens } = await this.call('GET', '/_emulator/tokens');
    assert.deepEqual(
      tokens.map((token: Record<string, string>) => token.accessToken),
      [accessToken],
    );
    await this.call('POST', '/_emulator/reset');
    assert.deepEqual((await this.call('GET', '/_emulator/scenarios')).scenarios, []);
    assert.equal((await this.call('GET', '/_emulator/clock')).frozen, false);
  }
}

test('two hundred parallel tests, each in its own tenant, do not affect each other', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, index) => new Alone(index).run()));
  const { scenarios, journal, clock } = emulator.tenants.default;
  assert.deepEqual([scenarios.size, journal.list().length, clock.frozen], [0, 0, false]);
});
