// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { check } from '../cli/check.js';
import { readConfig } from '../emulator/config.js';
import { openTestEmulator, scratchFolder, World } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

function write(folder: string, scenarios: unknown): void {
  writeFileSync(join(folder, 'scenarios.json'), JSON.stringify(scenarios));
}

async function ids(tester: Tester): Promise<string[]> {
  return (await tester.get('/scenarios')).body.scenarios.map(({ id }: { id: string }) => id);
}

test('every tenant starts with the fixtures’ scenarios, and a reset restores them', async () => {
  const folder = scratchFolder();
  write(folder, { scenarios: [{ id: 'down', then: { result: 'PROCESS_FAIL' }, times: 1 }, { then: { delay: 0 } }] });
  const emulator = await openTestEmulator({ fixtures: folder });
  for (const name of ['one', 'two']) {
    const world = new World(emulator.url, emulator.tenants.get(name));
    const tester = new Tester(emulator, name);
    assert.deepEqual(await ids(tester), ['down', 'fixture-2']);
    assert.equal((await world.aurora.call('/v2/authorizations/applyToken', {})).code, 'PROCESS_FAIL');
    assert.equal((await world.aurora.call('/v2/authorizations/applyToken', {})).code, 'PARAM_ILLEGAL');
    await tester.delete('/scenarios');
    assert.deepEqual(await ids(tester), []);
    await tester.post('/reset');
    assert.deepEqual(await ids(tester), ['down', 'fixture-2']);
  }
  await emulator.close();
});

test('scenarios removed and added at run time stay so after a restart and a reload', async () => {
  const [folder, data] = [scratchFolder(), scratchFolder()];
  const then = { result: 'PROCESS_FAIL' };
  write(folder, [
    { id: 'a', then },
    { id: 'b', then },
  ]);
  const first = await openTestEmulator({ fixtures: folder, data });
  const tester = new Tester(first);
  await tester.post('/scenarios', { id: 'own', then });
  await tester.delete('/scenarios/a');
  await new World(first.url, first.tenants.get(tester.tenant)).aurora.call('/v2/authorizations/applyToken', {});
  write(folder, [
    { id: 'a', then },
    { id: 'c', then },
    { id: 'b', then },
  ]);
  first.reload();
  assert.deepEqual(await ids(tester), ['c', 'b', 'own']);
  assert.equal((await tester.get('/scenarios/b')).body.hits, 1, 'an unchanged scenario keeps its counts');
  await tester.post('/scenarios', { id: 'a', then: { delay: 0 } });
  await first.close();

  const second = await openTestEmulator({ fixtures: folder, data });
  const same = new Tester(second, tester.tenant);
  assert.deepEqual(await ids(same), ['c', 'b', 'own', 'a']);
  assert.deepEqual((await same.get('/scenarios/a')).body.then, { delay: 0 });
  write(folder, [{ id: 'bad', then: { result: 'NO_SUCH' } }]);
  assert.throws(() => second.reload(), /scenarios\.json: scenarios\[0\]\.then\.result/);
  assert.deepEqual(await ids(same), ['c', 'b', 'own', 'a']);
  await second.close();
});

test('a fixture’s scenario that was switched off stays so after a restart and a reload, until the fixture changes', async () => {
  const [folder, data] = [scratchFolder(), scratchFolder()];
  const fixture = { id: 'a', then: { result: 'PROCESS_FAIL' } };
  write(folder, [fixture]);
  const first = await openTestEmulator({ fixtures: folder, data });
  const tester = new Tester(first);
  const enabled = async (tester: Tester) => (await tester.get('/scenarios/a')).body.enabled;
  await tester.patch('/scenarios/a', { enabled: false });
  first.reload();
  assert.equal(await enabled(tester), false);
  await first.close();

  const second = await openTestEmulator({ fixtures: folder, data });
  const same = new Tester(second, tester.tenant);
  assert.equal(await enabled(same), false);
  write(folder, [{ ...fixture, times: 2 }]);
  second.reload();
  assert.deepEqual([await enabled(same), (await same.get('/scenarios/a')).body.times], [undefined, 2]);
  await second.close();
});

describe('a mistake is an error in one line, at the start and from billetera check', () => {
  const then = { result: 'PROCESS_FAIL' };
  const bad: [unknown, string][] = [
    [[{ then: { result: 'NO_SUCH' } }], 'scenarios[0].then.result: got NO_SUCH; on every wallet: '],
    [[{ then }, { when: { operation: 'login' }, then }], 'scenarios[1].when.operation: expected *, or one of applyToken, '],
    [[{ then: { delay: 'P1Y' } }], 'scenarios[0].then.delay: expected an ISO 8601 duration'],
    [
      [
        { id: 'x', then },
        { id: 'x', then },
      ],
      'scenarios[1].id: expected a unique id, but x is used twice',
    ],
    [[{}], 'scenarios[0].then: missing; expected '],
    [['x'], 'scenarios[0]: expected an object'],
    [{}, 'expected a list of scenarios, or { "scenarios": [ … ] }'],
  ];
  for (const [content, line] of bad) {
    test(line, async () => {
      const folder = scratchFolder();
      write(folder, content);
      const isOneLine = (error: Error) => {
        assert.ok(error.message.startsWith(`${join(folder, 'scenarios.json')}: ${line}`), error.message);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      };
      await assert.rejects(openTestEmulator({ fixtures: folder }), isOneLine);
      await assert.rejects(check(readConfig({ fixtures: folder }, {})), isOneLine);
    });
  }
});
