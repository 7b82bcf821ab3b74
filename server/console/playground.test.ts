// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, newWorld, type World } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';

const emulator = await emulatorForFile();
const ownKey = createPublicKey(privateKey('demo-merchant-2.private.pem')).export({ type: 'spki', format: 'pem' }) as string;

async function exchange(world: World) {
  const { statusCode, json } = await emulator.app.inject({
    method: 'POST',
    url: `/t/${world.tenant.name}/playground/exchange`,
    payload: { authCode: await world.code() },
  });
  const calls = world.tenant.journal.list({}, 10).filter(({ kind }) => kind === 'openapi');
  return { statusCode, body: json(), findings: calls.flatMap(({ findings }) => findings) };
}

describe("the sample merchant's server", () => {
  test('signs with the demo key', async () => {
    const { body, findings } = await exchange(newWorld(emulator));
    assert.equal(body.ok, true);
    assert.equal(body.steps.length, 2);
    assert.deepEqual(findings, []);
  });

  test('does not sign for a client with another key', async () => {
    const world = newWorld(emulator);
    world.changeClient(aurora.clientId, { publicKey: ownKey });
    const { body, findings } = await exchange(world);
    assert.equal(body.ok, true);
    assert.deepEqual([...new Set(findings)], ['unsigned-request']);
  });

  test('fails if that client must sign, and calls nothing', async () => {
    const world = newWorld(emulator);
    world.changeClient(aurora.clientId, { publicKey: ownKey, signature: 'required' });
    const { statusCode, body } = await exchange(world);
    assert.deepEqual([statusCode, body.error], [409, 'not-demo-key']);
    assert.match(body.message, /a key that the sample merchant does not have/);
    assert.equal(world.tenant.journal.list({ operation: 'applyToken' }, 10).length, 0);
  });

  for (const [what, body, said] of [
    ['nothing in it', {}, '{}'],
    ['text', 'Bad gateway', 'Bad gateway'],
    ['null', null, 'null'],
  ] as const) {
    test(`reports a response without a result: ${what}`, async () => {
      const world = newWorld(emulator);
      world.tenant.scenarios.add({ when: { operation: 'applyToken' }, then: { status: 200, body } });
      const answer = await exchange(world);
      assert.deepEqual([answer.statusCode, answer.body.error], [502, 'no-result']);
      assert.equal(answer.body.message, `POST /v2/authorizations/applyToken answered HTTP 200 without a result: ${said}`);
      assert.deepEqual(answer.body.steps[0].response, body);
    });
  }
});
