// `npm run bench` compares billetera with two servers under the same load: oauth2-mock-server (the peer), and a bare Fastify server that
// only verifies and signs (the ceiling). docs/benchmark.md says how to read the tables.
import { readFileSync } from 'node:fs';
import { readArguments } from './arguments.mjs';
import { callsPart } from './parts/calls.mjs';
import { dashboardPart } from './parts/dashboard.mjs';
import { memoryPart } from './parts/memory.mjs';
import { sheetPart } from './parts/sheet.mjs';
import { startPart } from './parts/start.mjs';
import { storesPart } from './parts/stores.mjs';
import { checkDocuments, writeDocuments } from './report/documents.mjs';
import { loadOfOthers, thisMachine } from './report/machine.mjs';
import { readNewestResults, writeResults } from './report/results.mjs';
import { textReport } from './report/text-report.mjs';
import { peerVersion } from './servers/servers.mjs';

/** The parts limit themselves. This ends a benchmark in which a server hangs. */
const longestMinutes = 15;
const parts = [startPart, callsPart, memoryPart, storesPart, sheetPart, dashboardPart];
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

try {
  const { names, quick, json, write } = readArguments(
    process.argv.slice(2),
    parts.map(({ name }) => name),
  );
  if (write) checkDocuments();
  endAfter(longestMinutes);
  warnOfLoad();
  const before = quick ? undefined : readNewestResults();
  const chosen = parts.filter(({ name }) => names.includes(name));
  const results = await measure(chosen, { quick });
  if (write) {
    writeResults(results);
    writeDocuments(results, parts);
  }
  process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : textReport(results, chosen, before));
} catch (error) {
  fail(error.message);
}

/** @returns {Promise<import('./report/results.mjs').Results>} */
async function measure(parts, options) {
  const date = new Date().toISOString();
  const measured = {};
  for (const { name, measure } of parts) {
    const began = performance.now();
    measured[name] = await measure(options);
    process.stderr.write(`bench: measured ${name} in ${Math.round((performance.now() - began) / 1000)} s\n`);
  }
  const figures = parts.flatMap((part) => part.figures(measured[part.name]));
  return { version, peer: `oauth2-mock-server ${peerVersion}`, date, machine: thisMachine(), parts: measured, figures };
}

function warnOfLoad() {
  const load = loadOfOthers();
  if (load !== undefined)
    process.stderr.write(`bench: other programs use this machine (load ${load.toFixed(1)}); compare ratios, not rates\n`);
}

function endAfter(minutes) {
  setTimeout(
    () => fail(`stopped after ${minutes} minutes; this machine is too busy, or a server hangs`),
    minutes * 60_000,
  ).unref();
}

/** The servers still run. They are stopped at the exit. */
function fail(message) {
  process.stderr.write(`bench: ${message}\n`, () => process.exit(1));
}
