import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCalls } from '../load/calls.mjs';
import { medianSample, sampleCall, sampleRatio } from '../load/sample.mjs';
import { prepare } from '../load/users.mjs';
import { counted, hundredth, tenth, whole } from '../report/formats.mjs';
import { inTurn, runRounds } from '../rounds.mjs';
import { hasRedis, startRedis } from '../servers/redis-server.mjs';
import { startBilletera, withServers } from '../servers/servers.mjs';

const limits = { rounds: 3, longestMs: 60_000 };
const connections = 20;
const count = 500;
const quickCount = 60;
const names = ['authCode', 'applyToken', 'inquiryUserInfo', 'refresh', 'getAuthCode'];
const titles = {
  memory: 'in memory',
  silent: 'in memory, --log-level silent',
  data: '--data',
  dataWithoutFsync: '--data, --fsync off',
  redis: '--store redis://…',
};

/** The price of the stores, and of the log: the same calls with each of them. @type {import('../part.mjs').Part} */
export const storesPart = {
  name: 'stores',

  async measure({ quick }) {
    const folder = mkdtempSync(join(tmpdir(), 'billetera-bench-'));
    try {
      return await withServers(hasRedis ? { redisServer: startRedis } : {}, ({ redisServer }) =>
        withServers(startsOf(folder, redisServer), (servers) => measureServers(servers, quick)),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },

  tables: ({ rounds, stores }) => [
    {
      title: `Stores, ${counted(connections, 'connection')}, median of ${counted(rounds, 'round')}`,
      head: ['calls/s (of memory)', ...names],
      rows: Object.entries(titles).map(([store, title]) => [title, ...names.map((name) => cellOf(stores[store]?.[name]))]),
      note: 'The emulators with a store run on the same machine as Redis, and write to the temporary folder of the system.',
    },
  ],

  figures: ({ stores }) =>
    Object.entries(stores)
      .filter(([store]) => store !== 'memory')
      .flatMap(([store, results]) =>
        names.map((name) => ({
          name: `${name}, ${titles[store]}: rate, of memory`,
          value: results[name].ofMemory,
          better: 'higher',
        })),
      ),

  summary: ({ stores }) =>
    Object.entries(stores)
      .filter(([store]) => store === 'data' || store === 'redis')
      .map(([store, { applyToken }]) => [
        `applyToken with \`${titles[store]}\``,
        `${whole(applyToken.rate)} calls/s, p99 ${tenth(applyToken.p99)} ms`,
        `${hundredth(applyToken.ofMemory)} of the rate in memory`,
      ]),
};

function startsOf(folder, redisServer) {
  return {
    memory: () => startBilletera(),
    silent: () => startBilletera('--log-level', 'silent'),
    data: () => startBilletera('--data', join(folder, 'fsync')),
    dataWithoutFsync: () => startBilletera('--data', join(folder, 'no-fsync'), '--fsync', 'off'),
    ...(redisServer && { redis: () => startBilletera('--store', redisServer.url) }),
  };
}

async function measureServers(servers, quick) {
  for (const { url } of Object.values(servers)) await prepare(url);
  const size = quick ? quickCount : count;
  await runRound(servers, quickCount, 0);
  const rounds = await runRounds(quick ? { ...limits, rounds: 1 } : limits, (turn) => runRound(servers, size, turn));
  const samples = (store, name) => rounds.map((round) => round[store][name]);
  const summary = (store, name) => ({
    ...medianSample(samples(store, name)),
    ofMemory: sampleRatio(samples(store, name), samples('memory', name), 'rate'),
  });
  const summaries = (store) => Object.fromEntries(names.map((name) => [name, summary(store, name)]));
  return { rounds: rounds.length, stores: Object.fromEntries(Object.keys(servers).map((store) => [store, summaries(store)])) };
}

/** @returns {Promise<Record<string, Record<string, import('../load/sample.mjs').Sample>>>} by store and call */
function runRound(servers, size, turn) {
  const runs = Object.entries(servers).map(([store, server]) => [store, () => runStore(server, size)]);
  return inTurn(turn, Object.fromEntries(runs));
}

async function runStore(server, size) {
  const samples = {};
  await runCalls(names, size, async (name, call, requests) => {
    const { answers, ...sample } = await sampleCall(server, call, requests, connections);
    samples[name] = sample;
    return answers;
  });
  return samples;
}

function cellOf(result) {
  return result === undefined ? 'skipped' : `${whole(result.rate)} (${hundredth(result.ofMemory)})`;
}
