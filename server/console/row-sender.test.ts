import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { emulatorForFile, newWorld } from '../testing/emulator.js';
import { RowSender } from './row-sender.js';
import type { OpenPage } from './sender.js';

const emulator = await emulatorForFile();
const minute = 60_000;

/** Counts the timers that were set and neither fired nor cleared. */
function countTimers(): () => number {
  const set = new Set<unknown>();
  const { setTimeout: start, clearTimeout: clear } = globalThis;
  const started = mock.method(globalThis, 'setTimeout', (act: () => void, ms?: number) => {
    const timer = start(() => {
      set.delete(timer);
      act();
    }, ms);
    set.add(timer);
    return timer;
  });
  const cleared = mock.method(globalThis, 'clearTimeout', (timer: NodeJS.Timeout) => {
    set.delete(timer);
    clear(timer);
  });
  return () => {
    for (const { mock: replaced } of [started, cleared]) replaced.restore();
    for (const timer of set) clear(timer as NodeJS.Timeout);
    return set.size;
  };
}

test('a page that is closed leaves no timer, also if a call ended by itself while it listed them', () => {
  const { tenant } = newWorld(emulator);
  const page = { tenants: emulator.tenants, tenant, prefix: '', lang: 'en', showSecrets: false, query: {} };
  const sender = new RowSender({ ...page, stream: { write() {}, onClose() {} } } as unknown as OpenPage);
  const stop = emulator.tenants.watchers.watchCalls(sender);
  const left = countTimers();
  const call = { kind: 'jsapi', method: 'POST', path: '/x', request: { headers: {}, body: '' } } as const;
  for (const minutes of [1, 10]) tenant.running.begin(call, 'user', { endsAt: tenant.clock.now() + minutes * minute });
  tenant.clock.advance(2 * minute);
  tenant.running.begin(call, 'user', { endsAt: tenant.clock.now() + 10 * minute });
  stop();
  sender.stop();
  assert.equal(left(), 0);
});
