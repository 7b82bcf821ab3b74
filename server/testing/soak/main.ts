/** `npm run soak -- [seconds] [seed] [--data | --store]` */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RedisServer } from '../redis-server.js';
import { type Round, toMebibytes } from './growth.js';
import { type SoakResult, soak } from './soak.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'boolean', default: false }, store: { type: 'boolean', default: false } },
});
const seconds = Number(positionals[0] ?? 600);
const seed = Number(positionals[1] ?? Math.floor(performance.timeOrigin) % 1_000_000);
if (!(seconds > 0) || !Number.isInteger(seed)) {
  process.stderr.write('usage: npm run soak -- [seconds] [seed, an integer] [--data | --store]\n');
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'billetera-soak-'));
const redis = values.store ? await RedisServer.start() : undefined;
const state = values.data ? ['--data', scratch] : redis === undefined ? [] : ['--store', redis.url];
/** Emulators that share a store race with each other. */
const emulators = redis === undefined ? [state] : [state, state];

say(
  `soak of ${seconds} s with seed ${seed}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${state[0] ?? 'in memory'}`,
);
try {
  const result = await soak({ seconds, seed, emulators, onRound: (round) => say(roundLine(round)) });
  report(result);
  process.exitCode = result.tally.violations.length === 0 ? 0 : 1;
} finally {
  await redis?.close();
  rmSync(scratch, { recursive: true, force: true });
}

function roundLine({ number, of, held }: Round): string {
  const parts = held.map(({ heapBytes, residentBytes, peakResidentBytes, objects, longestStallMs, handles }) =>
    [
      `heap ${toMebibytes(heapBytes)} MiB`,
      `resident ${toMebibytes(residentBytes)} (peak ${toMebibytes(peakResidentBytes)})`,
      ...Object.entries(objects).map(([name, count]) => `${name} ${count}`),
      `handles ${JSON.stringify(handles)}`,
      `longest stall ${longestStallMs.toFixed(0)} ms`,
    ].join(', '),
  );
  return `round ${number} of ${of}: ${parts.join(' | ')}`;
}

function report({ tally, seconds: took }: SoakResult): void {
  for (const [name, count] of [...tally.counts].sort()) say(`${name}: ${count.toLocaleString('en')}`);
  const calls = tally.count('signed calls') + tally.count('control calls');
  say(
    `${(calls / took).toFixed(0)} calls/s; the longest answer took ${tally.longestAnswerMs.toFixed(0)} ms (${tally.longestAnswer})`,
  );
  for (const violation of tally.violations.slice(0, 20)) say(`BROKEN: ${violation}`);
  say(
    tally.violations.length === 0 ? 'every promise was kept' : `${tally.violations.length} promises were broken (seed ${seed})`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
