// `npm run bench` compares billetera with two servers under the same load: oauth2-mock-server (the peer), and a server that only
// verifies and signs (the ceiling). It also measures the consent sheet in Chromium, and what an open dashboard costs. `--json` prints
// all measurements; `--sheet` and `--dashboard` measure only that.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureDashboard } from './dashboard.mjs';
import { connections, load } from './load.mjs';
import {
  callAsMerchant,
  exchangePath,
  exchangeRequests,
  platformKeyFile,
  prepare,
  publicKeyFile,
  readPath,
  readRequests,
} from './merchant.mjs';
import { dashboardReport, ratios, report, sheetReport } from './report.mjs';
import { startServer } from './server-process.mjs';
import { measureSheet } from './sheet.mjs';
import { median } from './statistics.mjs';

const starts = 7;
const warmUp = 600;
/** The number of rounds. No new round starts after `longestMs`, so a busy machine runs fewer. */
const rounds = 5;
const longestMs = 60_000;
/** Requests of each kind in a round. */
const count = 2000;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const versionIn = (path) => JSON.parse(readFileSync(here(path), 'utf8')).version;
const main = here('../../dist/bin/main.js');

/** Arguments for node, and the path of the first request. The ceiling signs response bodies of billetera, added below. */
const servers = {
  billetera: { args: [main, 'start', '--port', '0'], path: '/_emulator/health' },
  silent: { args: [main, 'start', '--port', '0', '--log-level', 'silent'], path: '/_emulator/health' },
  peer: { args: [here('peer.mjs'), platformKeyFile], path: '/.well-known/openid-configuration' },
  peerWithNewKey: { args: [here('peer.mjs')], path: '/.well-known/openid-configuration' },
  ceiling: { args: [here('ceiling.mjs'), publicKeyFile, platformKeyFile, '{}'], path: '/health' },
};

/** The parts that can be measured alone: flag → how they are measured and printed. */
const parts = {
  '--sheet': async () => {
    const sheet = await measureOwnSheet();
    return [{ sheet }, sheetReport(sheet)];
  },
  '--dashboard': async () => {
    const dashboard = await measureOwnDashboard();
    return [{ dashboard }, dashboardReport(dashboard)];
  },
};

try {
  const part = process.argv.map((flag) => parts[flag]).find((measure) => measure !== undefined);
  const [measured, text] = await (part ?? measureAll)();
  process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(measured, null, 2)}\n` : text);
} catch (error) {
  // The servers still run. They are stopped at the exit.
  process.stderr.write(`bench: ${error.message}\n`, () => process.exit(1));
}

async function measureAll() {
  const ready = await timeToReady(['billetera', 'peer', 'peerWithNewKey', 'ceiling']);
  const { samples, memory } = await measureLoad();
  const measured = {
    versions: {
      billetera: versionIn('../../package.json'),
      peer: versionIn('node_modules/oauth2-mock-server/package.json'),
      node: process.version,
    },
    machine: { cores: availableParallelism() },
    load: { connections, rounds: samples.peer.length, requestsARound: count },
    calls: Object.fromEntries(Object.entries(samples).map(([name, rounds]) => [name, summary(rounds)])),
    ratios: ratios(samples, ready, memory),
    ready: Object.fromEntries(Object.entries(ready).map(([name, times]) => [name, median(times)])),
    memory,
    sheet: await measureOwnSheet(),
    dashboard: await measureOwnDashboard(),
  };
  return [measured, report(measured)];
}

async function measureOwnSheet() {
  const server = await startServer(servers.silent.args, servers.silent.path);
  const measured = await measureSheet(server.url);
  await server.stop();
  return measured;
}

async function measureOwnDashboard() {
  const server = await startServer(servers.silent.args, servers.silent.path);
  await prepare(server.url);
  const measured = await measureDashboard(server);
  await server.stop();
  return measured;
}

/** Milliseconds from the start of each process to its first response. The servers take turns. */
async function timeToReady(names) {
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let start = 0; start < starts; start++) {
    for (const name of names) {
      const server = await startServer(servers[name].args, servers[name].path);
      times[name].push(server.readyIn);
      await server.stop();
    }
  }
  return times;
}

/** All servers run at the same time and take turns, so a machine that slows down affects all of them. */
async function measureLoad() {
  const start = (name) => startServer(servers[name].args, servers[name].path);
  const running = { billetera: await start('billetera'), silent: await start('silent'), peer: await start('peer') };
  for (const name of ['billetera', 'silent']) await prepare(running[name].url);
  const answers = await sampleAnswers(running.billetera.url);
  servers.ceiling.args[3] = JSON.stringify(answers);
  running.ceiling = await start('ceiling');

  await round(running, warmUp);
  const began = performance.now();
  const samples = {};
  for (let turn = 0; turn < rounds && (turn === 0 || performance.now() - began < longestMs); turn++) {
    for (const [name, sample] of Object.entries(await round(running, count, turn))) {
      samples[name] ??= [];
      samples[name].push(sample);
    }
  }
  const memory = Object.fromEntries(Object.entries(running).map(([name, server]) => [name, server.memory()]));
  for (const server of Object.values(running)) await server.stop();
  return { samples, memory };
}

async function sampleAnswers(url) {
  const exchanged = await callAsMerchant(url, await exchangeRequests(url, connections));
  const read = await callAsMerchant(url, await readRequests(exchanged.bodies));
  return { [exchangePath]: exchanged.bodies[0], [readPath]: read.bodies[0] };
}

/** Runs each kind of call once. All requests are signed beforehand. The ceiling gets the same requests as billetera. */
async function round({ billetera, silent, peer, ceiling }, size, turn = 0) {
  const exchange = await exchangeRequests(billetera.url, size);
  const exchangeSilently = await exchangeRequests(silent.url, size);
  const exchanged = await inTurn(turn, {
    applyToken: [billetera, (url) => callAsMerchant(url, exchange)],
    applyTokenSilent: [silent, (url) => callAsMerchant(url, exchangeSilently)],
    applyTokenCeiling: [ceiling, (url) => callAsMerchant(url, exchange)],
    peer: [peer, (url) => load(url, peerRequests(size), '"access_token"')],
  });
  const read = await readRequests(exchanged.applyToken.bodies);
  const readSilently = await readRequests(exchanged.applyTokenSilent.bodies);
  const answered = await inTurn(turn, {
    inquiryUserInfo: [billetera, (url) => callAsMerchant(url, read)],
    inquiryUserInfoSilent: [silent, (url) => callAsMerchant(url, readSilently)],
    inquiryUserInfoCeiling: [ceiling, (url) => callAsMerchant(url, read)],
  });
  return { ...exchanged, ...answered };
}

/** Runs each once. The first one differs from turn to turn. */
async function inTurn(turn, runs) {
  const entries = Object.entries(runs);
  const results = {};
  for (let index = 0; index < entries.length; index++) {
    const [name, [server, run]] = entries[(index + turn) % entries.length];
    const before = server.processorTime();
    const result = await run(server.url);
    results[name] = { ...result, cpu: (server.processorTime() - before) / result.bodies.length };
  }
  return results;
}

/** The cheapest grant of the peer. Its response has one signature, as billetera's has, and the peer verifies none. */
function peerRequests(size) {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: `Basic ${Buffer.from('client:secret').toString('base64')}`,
  };
  return Array.from({ length: size }, (_, index) => ({
    method: 'POST',
    path: '/token',
    headers,
    body: `grant_type=client_credentials&scope=user-${index % 200}`,
  }));
}

function summary(rounds) {
  const of = (field) => median(rounds.map((sample) => sample[field]));
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), cpu: of('cpu') };
}
