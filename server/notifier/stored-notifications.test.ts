import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JournalEntry } from '../journal/entry.js';
import { openTestEmulator, scratchFolder } from '../testing/emulator.js';
import { openNotified } from '../testing/notified-world.js';
import { inEnglish } from '../texts/write-text.js';

test('what is not delivered survives a stop: a retry keeps its time, and what was on its way is sent again', async () => {
  const data = scratchFolder();
  let own = await openTestEmulator({ data });
  const { world, merchant, tries } = await openNotified(own);
  merchant.next.push((response) => response.writeHead(503).end());
  await world.code();
  await tries(1);
  const onItsWay = new Promise<void>((resolve) => merchant.next.push(() => resolve()));
  await world.code();
  await onItsWay;
  await own.close();

  own = await openTestEmulator({ data });
  const { journal, clock } = own.tenants.get(world.tenant);
  const reasons = async (count: number) => {
    const { entries = [] } = (await journal.wait({ kind: 'notification' }, count, 60_000)) as { entries?: JournalEntry[] };
    return entries.map(({ reason }) => inEnglish(reason));
  };
  assert.deepEqual(await reasons(1), ['try 1: the merchant accepted it']);
  assert.equal(merchant.notifications.length, 3, 'the retry is not due yet');
  clock.advance(60_000);
  assert.deepEqual(await reasons(2), ['try 2: the merchant accepted it', 'try 1: the merchant accepted it']);
  await own.close();
  assert.equal(merchant.notifications.length, 4);
  const bodies = merchant.notifications.map(({ body }) => body.authCode);
  assert.deepEqual([bodies[3], bodies[2]], [bodies[0], bodies[1]]);
});

test('one that a merchant accepted while the disk refused writes is sent once, and recorded when the disk works again', async () => {
  const data = scratchFolder();
  const own = await openTestEmulator({ data });
  const { world, merchant } = await openNotified(own);
  const refused = new Promise<void>((resolve) =>
    merchant.next.push((response, request) => {
      breakLogs(data);
      merchant.respond(response, request);
      resolve();
    }),
  );
  await world.code();
  await refused;
  const { journal, store } = own.tenants.get(world.tenant);
  const isRecorded = () =>
    logsIn(data).some((log) => readFileSync(log, 'utf8').includes(`["notifications","${notificationId}",null]`));
  const [notificationId] = store.notifications.all().map((stored) => stored.notificationId);
  while (store.notifications.size > 0) await nextTurn();
  await assert.rejects(world.control('GET', 'settings'), /cannot be stored|not be written/);
  assert.deepEqual(journal.list({ kind: 'notification' }, 1), []);
  mendLogs(data);
  const { entries = [] } = (await journal.wait({ kind: 'notification' }, 1, 60_000)) as { entries?: JournalEntry[] };
  assert.deepEqual(
    entries.map(({ reason }) => inEnglish(reason)),
    ['try 1: the merchant accepted it'],
  );
  assert.ok(isRecorded());
  await own.close();
  assert.equal(merchant.notifications.length, 1);
});

/** The logs of changes in a data folder. */
function logsIn(data: string): string[] {
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl'))
    .map((path) => join(data, path));
}

/** Nothing can be written any more: a folder is in the place of each log. */
function breakLogs(data: string): void {
  for (const log of logsIn(data)) {
    renameSync(log, `${log}.whole`);
    mkdirSync(log);
  }
}

function mendLogs(data: string): void {
  for (const log of logsIn(data)) {
    rmdirSync(log);
    renameSync(`${log}.whole`, log);
  }
}
