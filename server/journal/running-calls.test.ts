import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callFacts } from '../testing/call-facts.js';
import { Journal } from './journal.js';
import { RunningCalls, type RunningChange } from './running-calls.js';

const call = {
  kind: 'jsapi',
  operation: 'getAuthCode',
  method: 'POST',
  path: '/wallet/jsapi',
  request: { headers: {}, body: '' },
} as const;

function started() {
  const changes: RunningChange[] = [];
  const clock = { now: 1000 };
  const running = new RunningCalls({ now: () => clock.now, changed: (change) => changes.push(change) });
  const told = () => changes.splice(0).map(({ call: { entry }, hasEnded, entry: result }) => [entry.id, hasEnded, result?.id]);
  const ids = () => running.list().map(({ entry }) => entry.id);
  return { running, clock, told, ids };
}

describe('running calls', () => {
  test('a call without an entry ends with the one that the journal gets of it, or without', () => {
    const { running, told, ids } = started();
    const [first, second] = [running.begin(call, 'delay'), running.begin(call, 'user', { key: 'ticket' })];
    assert.deepEqual(ids(), ['running-2', 'running-1']);
    assert.equal(running.get('running-1')?.entry.at, 1000);
    const entry = new Journal().add(callFacts());
    running.end(first, entry);
    running.end(first, entry);
    assert.equal(second, 'ticket');
    running.end('ticket');
    assert.deepEqual(ids(), []);
    assert.deepEqual(told(), [
      ['running-1', false, undefined],
      ['running-2', false, undefined],
      ['running-1', true, entry.id],
      ['running-2', true, undefined],
    ]);
  });

  test('a call that the journal has already keeps its entry', () => {
    const { running, told } = started();
    const entry = new Journal().add(callFacts());
    running.end(running.beginJournaled(entry, 'caller'));
    assert.deepEqual(told(), [
      [entry.id, false, undefined],
      [entry.id, true, entry.id],
    ]);
  });

  test('a call whose time is over ends, by the clock of the emulator', () => {
    const { running, clock, told, ids } = started();
    running.begin(call, 'user', { endsAt: 2000 });
    clock.now = 1999;
    assert.deepEqual(ids(), ['running-1']);
    clock.now = 2000;
    assert.deepEqual(ids(), []);
    assert.deepEqual(told().at(-1), ['running-1', true, undefined]);
  });

  test('a call that begins again under its key ends first', () => {
    const { running, told } = started();
    for (let again = 0; again < 2; again++) running.begin(call, 'user', { key: 'ticket' });
    assert.deepEqual(
      told().map(([id, hasEnded]) => [id, hasEnded]),
      [
        ['running-1', false],
        ['running-1', true],
        ['running-2', false],
      ],
    );
  });

  test('all end when the tenant goes, and the oldest ends if there are too many', () => {
    const { running, ids } = started();
    for (let count = 0; count < 201; count++) running.begin(call, 'delay');
    assert.equal(ids().length, 200);
    assert.equal(ids().at(-1), 'running-2');
    running.clear();
    assert.deepEqual(ids(), []);
  });
});
