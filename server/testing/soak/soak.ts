import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Caller } from './caller.js';
import { Disturbances } from './disturbances.js';
import { growthProblems, type Round } from './growth.js';
import { NotifiedLife } from './notified-life.js';
import { NotifiedMerchant } from './notified-merchant.js';
import type { Held } from './probe.js';
import { ProbedEmulator } from './probed-emulator.js';
import { Random } from './random.js';
import { Tally } from './tally.js';
import { TenantLife } from './tenant-life.js';

export interface SoakOptions {
  seconds: number;
  seed: number;
  /** The flags of each emulator. Several share a store. */
  emulators: readonly (readonly string[])[];
  /** Is called after each round. */
  onRound?(round: Round): void;
}

export interface SoakResult {
  tally: Tally;
  rounds: readonly Round[];
  seconds: number;
}

const lifeActors = 6;
const notifiedActors = 2;
const disturbers = 2;
/** A quiet emulator has closed the connections of its callers after this time, in milliseconds. */
const maxSettleMs = 15_000;

/**
 * Runs emulators under load, with clients that behave badly, and checks every answer. The work is done in rounds; after each one all
 * tenants are reset, and what the emulators hold is compared with the end of the first.
 * @returns what was done; `tally.violations` is empty if all promises were kept
 */
export async function soak({ seconds, seed, emulators, onRound = () => {} }: SoakOptions): Promise<SoakResult> {
  const tally = new Tally();
  const random = new Random(seed);
  const startedAt = performance.now();
  const running = await Promise.all(emulators.map((flags) => ProbedEmulator.start(flags)));
  const merchant = await NotifiedMerchant.open(random.fork('merchant'));
  const rounds: Round[] = [];
  const count = Math.max(3, Math.round(seconds / 60));
  try {
    for (let number = 1; number <= count && running.every(({ crash }) => crash === undefined); number++) {
      const endsAt = performance.now() + (seconds * 1000) / count;
      const reset = await runRound(`r${number}`, running, merchant, random.fork(`round ${number}`), tally, endsAt);
      // A tenant that somebody still follows begins anew at its reset.
      await settledHeld(running, rounds[0]);
      await reset();
      const round = { number, of: count, held: await settledHeld(running, rounds[0]) };
      rounds.push(round);
      onRound(round);
    }
  } finally {
    merchant.close();
    for (const emulator of running) await checkEnd(emulator, tally);
  }
  tally.violations.push(...growthProblems(rounds));
  return { tally, rounds, seconds: (performance.now() - startedAt) / 1000 };
}

/** @returns a function that resets the tenants */
async function runRound(
  name: string,
  running: readonly ProbedEmulator[],
  merchant: NotifiedMerchant,
  random: Random,
  tally: Tally,
  endsAt: number,
): Promise<() => Promise<void>> {
  const urls = running.map(({ url }) => url);
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const isOver = () => performance.now() >= endsAt || running.some(({ crash }) => crash !== undefined);
  const callerOf = (tenant: string, by = agent) => new Caller(urls, tenant, random.fork(tenant), tally, by);
  const named = (kind: string, length: number) => Array.from({ length }, (_, index) => `${name}-${kind}-${index}`);
  const [tenants, notified, disturbed] = [
    named('life', lifeActors),
    named('notified', notifiedActors),
    named('hang-up', disturbers),
  ];
  const repeat = async (run: (steps: number) => Promise<void>, choices: Random) => {
    do await run(choices.int(20, 60));
    while (!isOver());
  };
  const work = [
    ...tenants.map((tenant, index) => {
      // The default tenant is one of them.
      const caller = callerOf(index === 0 ? 'default' : tenant);
      return repeat((steps) => new TenantLife(caller).run(steps, isOver), caller.random);
    }),
    ...notified.map((tenant) => {
      const caller = callerOf(tenant);
      return repeat((steps) => new NotifiedLife(caller, merchant).run(steps, isOver), caller.random);
    }),
    ...disturbed.map((tenant) => new Disturbances(callerOf(tenant), ['default', ...tenants]).run(isOver)),
  ];
  for (const result of await Promise.allSettled(work))
    if (result.status === 'rejected') tally.violations.push(`an actor of ${name} failed: ${(result.reason as Error).stack}`);
  agent.destroy();
  return async () => {
    const last = new Agent();
    for (const tenant of ['default', ...tenants, ...notified, ...disturbed])
      await callerOf(tenant, last).control('POST', 'reset');
    last.destroy();
  };
}

/** The things that the emulators hold when their callers' connections are closed. */
async function settledHeld(running: readonly ProbedEmulator[], first: Round | undefined): Promise<Held[]> {
  const endsAt = performance.now() + maxSettleMs;
  for (;;) {
    const held = (await Promise.all(running.map((emulator) => emulator.measure()))).filter((each) => each !== undefined);
    // Files of dropped tenants are deleted in the background.
    const isQuiet = held.every(
      ({ handles }, index) =>
        handles.FSReqPromise === undefined &&
        handles.FSReqCallback === undefined &&
        (handles.TCPSocketWrap ?? 0) <= (first?.held[index]?.handles.TCPSocketWrap ?? 1),
    );
    if (isQuiet || performance.now() > endsAt) return held;
    await wait(200);
  }
}

async function checkEnd(emulator: ProbedEmulator, tally: Tally): Promise<void> {
  const { crash } = emulator;
  const status = await emulator.stop();
  if (crash !== undefined) tally.violations.push(`${crash}: ${emulator.log}`);
  else tally.check(status === 0, () => `it stopped with ${status}`);
  tally.check(emulator.log === '', () => `its log has errors: ${emulator.log.slice(0, 2000)}`);
}
