/**
 * Runs inside the emulator of a soak, before its own code (`node --expose-gc --import`). It answers what the process holds, and changes
 * nothing.
 */
import { Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as v8 from 'node:v8';
import { Tenant } from '../../tenants/tenant.js';

/** The things that an emulator's process holds. Numbers of bytes are taken after a garbage collection. */
export interface Held {
  heapBytes: number;
  residentBytes: number;
  /** The most that it had since the last time. */
  peakResidentBytes: number;
  /** Kind of handle that keeps the process alive → its number. */
  handles: Record<string, number>;
  /** Objects of some classes that are in memory, timers that do not keep the process alive among them. */
  objects: Record<string, number>;
  /** The longest time that the event loop was busy since the last time, in milliseconds. */
  longestStallMs: number;
  /** Such as a listener that is never removed. */
  warnings: string[];
}

const warnings: string[] = [];
process.on('warning', ({ name, message }) => {
  // `queryObjects` below is an experimental feature.
  if (name !== 'ExperimentalWarning') warnings.push(`${name}: ${message}`);
});

let peakResidentBytes = 0;
const notePeak = () => {
  peakResidentBytes = Math.max(peakResidentBytes, process.memoryUsage.rss());
};
setInterval(notePeak, 500).unref();

const stalls = monitorEventLoopDelay({ resolution: 10 });
stalls.enable();

const sample = setTimeout(() => {}, 0);
const classes = { Tenant, Socket, Timeout: sample.constructor };

process.on('message', async () => {
  notePeak();
  for (let pass = 0; pass < 3; pass++) {
    globalThis.gc?.();
    await nextTurn();
  }
  const handles: Record<string, number> = {};
  for (const type of process.getActiveResourcesInfo()) handles[type] = (handles[type] ?? 0) + 1;
  const { heapUsed, external, rss } = process.memoryUsage();
  const held: Held = {
    heapBytes: heapUsed + external,
    residentBytes: rss,
    peakResidentBytes,
    handles,
    objects: countObjects(),
    longestStallMs: stalls.max / 1e6,
    warnings: warnings.splice(0),
  };
  peakResidentBytes = 0;
  stalls.reset();
  process.send?.(held);
});
// The channel alone must not keep the process alive.
process.channel?.unref();

/** Node has `queryObjects` since 20.13. */
function countObjects(): Record<string, number> {
  const { queryObjects } = v8 as { queryObjects?: (ofClass: unknown, options: { format: 'count' }) => number };
  if (queryObjects === undefined) return {};
  return Object.fromEntries(Object.entries(classes).map(([name, of]) => [name, queryObjects(of, { format: 'count' })]));
}
