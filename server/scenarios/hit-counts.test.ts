// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { emulatorForFile, newWorld, openTestEmulator, scratchFolder, World } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
const applyToken = '/v2/authorizations/applyToken';

async function call(world: World, scenario?: string): Promise<string> {
  return (await world.aurora.call(applyToken, {}, scenario === undefined ? {} : { headers: { 'X-Emulator-Scenario': scenario } }))
    .code;
}

describe('a call that asks for a scenario with the header', () => {
  test('does not count for times and after', async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ id: 'once', then: { result: 'PROCESS_FAIL' }, times: 1, after: 1 });
    assert.deepEqual(
      [await call(world, 'once'), await call(world, 'once'), await call(world), await call(world), await call(world)],
      ['PROCESS_FAIL', 'PROCESS_FAIL', 'PARAM_ILLEGAL', 'PROCESS_FAIL', 'PARAM_ILLEGAL'],
    );
    const { calls, hits, asked } = world.tenant.scenarios.get('once') ?? {};
    assert.deepEqual([calls, hits, asked], [5, 3, 2]);
  });

  test('goes through the steps of a list separately', async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ id: 'two', then: [{ result: 'PROCESS_FAIL' }, { result: 'UNKNOWN_EXCEPTION' }] });
    const ended = [];
    for (const asked of ['two', undefined, 'two', undefined, undefined]) ended.push(await call(world, asked));
    assert.deepEqual(ended, ['PROCESS_FAIL', 'PROCESS_FAIL', 'UNKNOWN_EXCEPTION', 'UNKNOWN_EXCEPTION', 'PARAM_ILLEGAL']);
  });
});

describe('the counts of a scenario', () => {
  test('survive a restart', async () => {
    const [data, fixtures] = [scratchFolder(), scratchFolder()];
    writeFileSync(
      join(fixtures, 'scenarios.json'),
      JSON.stringify([{ id: 'from-file', when: { header: { 'x-file': '1' } }, then: { result: 'PROCESS_FAIL' }, times: 2 }]),
    );
    const open = async () => {
      const opened = await openTestEmulator({ data, fixtures });
      return { opened, world: new World(opened.url, opened.tenants.get('w')), tester: new Tester(opened, 'w') };
    };
    const fromFile = async (world: World) => (await world.aurora.call(applyToken, {}, { headers: { 'X-File': '1' } })).code;

    const first = await open();
    await first.tester.post('/scenarios', { id: 'mine', then: [{ result: 'UNKNOWN_EXCEPTION' }, { result: 'ACCESS_DENIED' }] });
    assert.deepEqual([await fromFile(first.world), await call(first.world)], ['PROCESS_FAIL', 'UNKNOWN_EXCEPTION']);
    // The emulator stores all answered changes before it closes.
    const before = (await first.tester.get('/scenarios')).body;
    await first.opened.close();

    const second = await open();
    assert.deepEqual((await second.tester.get('/scenarios')).body, before);
    assert.deepEqual([await fromFile(second.world), await call(second.world)], ['PROCESS_FAIL', 'ACCESS_DENIED']);
    assert.deepEqual([await fromFile(second.world), await call(second.world)], ['PARAM_ILLEGAL', 'PARAM_ILLEGAL']);
    await second.opened.close();
  });

  test('start again if the file has another scenario with the same id', async () => {
    const [data, fixtures] = [scratchFolder(), scratchFolder()];
    const write = (result: string) =>
      writeFileSync(join(fixtures, 'scenarios.json'), JSON.stringify([{ id: 'once', then: { result }, times: 1 }]));
    for (const result of ['PROCESS_FAIL', 'ACCESS_DENIED']) {
      write(result);
      const opened = await openTestEmulator({ data, fixtures });
      const world = new World(opened.url, opened.tenants.get('w'));
      assert.deepEqual([await call(world), await call(world)], [result, 'PARAM_ILLEGAL']);
      await opened.close();
    }
  });
});
