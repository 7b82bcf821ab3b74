import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { aurora, emulatorForFile, newWorld } from '../testing/emulator.js';

/** docs/reliability.md states about 1,150 bytes. A text that V8 keeps in parts, or a hidden class for each object, adds hundreds. */
const bytesOfLine = 1500;
const lines = 4000;

test('a code with its grant and both tokens takes little of the heap', async () => {
  const world = newWorld(await emulatorForFile());
  const { tenant } = world;
  const client = tenant.clients.get(aurora.clientId);
  assert.ok(client);
  const add = async (count: number) => {
    for (let line = 0; line < count; line++) {
      const value = await world.code();
      const stored = await tenant.store.findAuthCode(value);
      assert.equal((await tenant.tokens.exchange({ value, stored }, { client })).outcome, 'done');
    }
  };
  await add(500);
  const before = usedHeap();
  await add(lines);
  const bytes = (usedHeap() - before) / lines;
  assert.ok(bytes < bytesOfLine, `${Math.round(bytes)} bytes`);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedHeap(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
