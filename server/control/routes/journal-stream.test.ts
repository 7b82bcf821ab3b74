import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

interface Event {
  event?: string;
  id?: string;
  data?: string;
}

/** Reads server-sent events one by one. */
async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = text
        .slice(0, end)
        .split('\n')
        .map((line) => line.split(/: (.*)/s));
      text = text.slice(end + 2);
      const event = Object.fromEntries(fields) as Event;
      if (event.data !== undefined) yield event;
    }
  }
}

test('all readers of a stream get every entry, and one that leaves does not stop the others', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const readers = Array.from({ length: 3 }, () => new AbortController());
  const streams = await Promise.all(
    readers.map(async ({ signal }) =>
      eventsOf(await fetch(`${emulator.url}/t/${tester.tenant}/_emulator/journal/stream`, { signal })),
    ),
  );
  const next = () => Promise.all(streams.map(async (stream) => ((await stream.next()).value as Event).data));
  await world.tokens();
  const first = await next();
  assert.equal(new Set(first).size, 1);
  readers.shift()?.abort();
  streams.shift();
  await tester.post('/clock/advance', { by: 1 });
  for (const data of await next()) assert.equal(JSON.parse(data ?? '').operation, 'advanceClock');
  for (const reader of readers) reader.abort();
});

test('a stream has the filters of the journal', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  const reader = new AbortController();
  const url = `${emulator.url}/t/${tester.tenant}/_emulator/journal/stream`;
  const events = eventsOf(await fetch(`${url}?resultCode=INVALID_ACCESS_TOKEN`, { signal: reader.signal }));
  await world.tokens();
  await world.userInfo('nothing');
  assert.equal(JSON.parse(((await events.next()).value as Event).data ?? '').resultCode, 'INVALID_ACCESS_TOKEN');
  reader.abort();
  await tester.refused(400, /colour/, 'GET', '/journal/stream?colour=red');
  await tester.refused(400, /^since: /, 'GET', '/journal/stream?since=9999-99-99T99:99');
});

test('a stream sends entries as they are added, continues after a reset, and resumes after Last-Event-ID', async () => {
  const tester = new Tester(emulator);
  const { world } = tester;
  await tester.post('/clock/advance', { by: 1 });
  const reader = new AbortController();
  const url = `${emulator.url}/t/${tester.tenant}/_emulator/journal/stream`;
  const response = await fetch(url, { signal: reader.signal });
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const events = eventsOf(response);
  await world.tokens();
  const first = (await events.next()).value as Event;
  const entry = JSON.parse(first.data ?? '');
  const [listed] = (await tester.get('/journal')).body.entries;
  assert.deepEqual(
    [first.event, first.id, entry.id, entry.operation, entry.resultCode],
    [undefined, listed.id, listed.id, 'applyToken', 'SUCCESS'],
  );
  assert.doesNotMatch(first.data ?? '', /28101003[0-9a-zA-Z]{40}/);

  await tester.post('/reset');
  assert.equal(((await events.next()).value as Event).event, 'reset');
  await tester.put('/settings', { consent: 'grant' });
  assert.equal(JSON.parse(((await events.next()).value as Event).data ?? '').operation, 'changeSettings');
  reader.abort();
  await assert.rejects(events.next());

  const again = await fetch(url, { headers: { 'last-event-id': '0' } });
  const missed = eventsOf(again);
  const [oldest] = (await tester.get('/journal')).body.entries.slice(-1);
  assert.equal(((await missed.next()).value as Event).id, oldest.id);
  await missed.return(undefined);
});
