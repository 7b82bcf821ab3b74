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
import { readNewestResults, resultsJson, writeResults } from './report/results.mjs';
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
  const before = quick ? undefined : readNewestResults();
  const chosen = parts.filter(({ name }) => names.includes(name));
  const results = await measure(chosen, { quick });
  if (write) {
    writeResults(results);
    writeDocuments(results, parts);
  }
  process.stdout.write(json ? resultsJson(results) : textReport(results, chosen, before));
} catch (error) {
  fail(error.message);
}

/** @returns {Promise<import('./report/results.mjs').Results>} */
async function measure(parts, options) {
  const origin = { version, peer: `oauth2-mock-server ${peerVersion}`, date: new Date().toISOString(), machine: thisMachine() };
  const load = loadOfOthers();
  if (load !== undefined) log(`other programs use this machine (load ${load.toFixed(1)}); compare ratios, not rates`);
  const measured = {};
  for (const { name, measure } of parts) {
    const began = performance.now();
    measured[name] = await measure(options);
    log(`measured ${name} in ${Math.round((performance.now() - began) / 1000)} s`);
  }
  const figures = parts.flatMap((part) => part.figures(measured[part.name]));
  return { ...origin, loadOfOthers: load, parts: measured, figures };
}

function endAfter(minutes) {
  setTimeout(
    () => fail(`stopped after ${minutes} minutes; this machine is too busy, or a server hangs`),
    minutes * 60_000,
  ).unref();
}

/** The servers still run. They are stopped at the exit. */
function fail(message) {
  log(message, () => process.exit(1));
}

function log(message, done) {
  process.stderr.write(`bench: ${message}\n`, done);
}
