// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits

import type { Caller, Reply } from './caller.js';

/** The effect of a scenario, and if the reply shows it. */
interface Fault {
  then: object;
  shows(reply: Reply): boolean;
}

const faults: readonly Fault[] = [
  { then: { status: 503, body: 'busy' }, shows: ({ status, text }) => status === 503 && text === 'busy' },
  { then: { status: 500, body: { a: 1 } }, shows: ({ status, body }) => status === 500 && body.a === 1 },
  { then: { result: 'PROCESS_FAIL' }, shows: ({ code }) => code === 'PROCESS_FAIL' },
  { then: { result: 'UNKNOWN_EXCEPTION', delay: 'PT0.02S' }, shows: ({ code }) => code === 'UNKNOWN_EXCEPTION' },
  { then: { delay: { min: 'PT0S', max: 'PT0.05S' } }, shows: ({ code }) => code === 'SUCCESS' },
  { then: { fault: 'reset' }, shows: ({ status }) => status === 0 },
  { then: { fault: 'hang' }, shows: ({ status }) => status === 0 },
  { then: { fault: 'truncate' }, shows: ({ status }) => status === 0 },
  { then: { fault: 'garbage' }, shows: ({ status, body }) => status === 200 && body === undefined },
  { then: { fault: 'bad-signature' }, shows: ({ code }) => code === 'SUCCESS' },
  { then: { fault: 'no-signature' }, shows: ({ code, headers }) => code === 'SUCCESS' && headers.signature === undefined },
  { then: { fault: 'stale-response-time' }, shows: ({ code }) => code === 'SUCCESS' },
];

/**
 * Adds a scenario that acts on some calls, makes these and one more, and removes it.
 * @param path an operation that answers SUCCESS with these fields
 * @returns the number of calls
 */
export async function faultStep(caller: Caller, path: string, fields: object): Promise<number> {
  const { random, tally } = caller;
  const { then, shows } = random.pick(faults);
  const times = random.int(1, 3);
  tally.add('scenarios');
  const { id } = await caller.control('POST', 'scenarios', { when: { operation: 'inquiryUserInfo' }, then, times });
  for (let hit = 1; hit <= times; hit++) {
    const reply = await faultyCall(caller, path, fields, then, () => hitsOf(caller, id, hit));
    tally.check(shows(reply), () => `${caller.tenant}: ${JSON.stringify(then)} got ${reply.status} ${reply.text.slice(0, 200)}`);
  }
  const { code } = await caller.platform(path, fields);
  tally.check(code === 'SUCCESS', () => `${caller.tenant}: after ${times} calls with ${JSON.stringify(then)}, one got ${code}`);
  await caller.control('DELETE', `scenarios/${id}`);
  return times + 1;
}

/** A call that hangs ends when the scenario has acted on it. */
async function faultyCall(
  caller: Caller,
  path: string,
  fields: object,
  then: { fault?: string },
  hasActed: () => Promise<void>,
): Promise<Reply> {
  if (then.fault !== 'hang') return caller.platform(path, fields, { expectsFault: true });
  const client = new AbortController();
  const reply = caller.platform(path, fields, { expectsFault: true, signal: client.signal });
  await hasActed();
  client.abort();
  return reply;
}

async function hitsOf(caller: Caller, id: string, count: number): Promise<void> {
  for (;;) {
    const { scenarios } = await caller.control('GET', 'scenarios');
    if ((scenarios as { id: string; hits: number }[]).find((scenario) => scenario.id === id)?.hits === count) return;
  }
}
