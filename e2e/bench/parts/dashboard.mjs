import { setTimeout as wait } from 'node:timers/promises';
import { longTasksOf } from '../browser/long-tasks.mjs';
import { readDashboardStreams } from '../browser/stream-reader.mjs';
import { runCalls } from '../load/calls.mjs';
import { checkAnswers } from '../load/check.mjs';
import { sampleCall, sampleRatio } from '../load/sample.mjs';
import { prepare } from '../load/users.mjs';
import { hundredth, whole } from '../report/formats.mjs';
import { inTurn, runRounds } from '../rounds.mjs';
import { startBilletera, withServers } from '../servers/servers.mjs';

const limits = { rounds: 7, longestMs: 45_000 };
const connections = 20;
/** Calls in a round, and entries that a journal holds. */
const count = 2000;
const quickCount = 200;
/** Calls while the page is watched, and the time between two of them in milliseconds. */
const watched = { count: 200, intervalMs: 50 };
const quickWatched = { count: 20, intervalMs: 50 };
const aims = { throughput: 0.9, longestTaskMs: 50 };

/** The cost of an open dashboard for calls, and the longest task of its page. @type {import('../part.mjs').Part} */
export const dashboardPart = {
  name: 'dashboard',

  measure: ({ quick }) =>
    withServers({ billetera: () => startBilletera('--log-level', 'silent') }, async ({ billetera }) => {
      await prepare(billetera.url);
      const cost = await costOfDashboard(billetera, quick);
      const tasks = await watchPage(billetera, quick);
      return { ...cost, longestTaskMs: Math.max(0, ...tasks), tasksOver50Ms: tasks.length };
    }),

  tables: ({ throughput, processor, longestTaskMs, tasksOver50Ms }) => [
    {
      title: 'Open dashboard, with 20 calls/s and a full journal',
      head: ['', 'throughput', 'by CPU', 'longest task ms', 'tasks over 50 ms'],
      rows: [['applyToken', hundredth(throughput), hundredth(processor), whole(longestTaskMs), whole(tasksOver50Ms)]],
      note: 'Throughput is a part of that without a dashboard; by CPU, as if only the processor time of the emulator counted.',
    },
  ],

  figures: ({ throughput, processor, longestTaskMs }) => [
    { name: 'dashboard: throughput, of that without', value: throughput, better: 'higher', aim: aims.throughput },
    { name: 'dashboard: CPU without, of that with', value: processor, better: 'higher' },
    { name: 'dashboard: longest task', value: longestTaskMs, better: 'lower', unit: 'ms', aim: aims.longestTaskMs },
  ],

  summary: () => [],
};

/** The same calls with and without a dashboard, in turn. */
async function costOfDashboard(billetera, quick) {
  const size = quick ? quickCount : count;
  await exchange(billetera, size);
  const rounds = await runRounds(quick ? { ...limits, rounds: 1 } : limits, (turn) =>
    inTurn(turn, { open: () => exchangeWithDashboard(billetera, size), closed: () => exchange(billetera, size) }),
  );
  const samples = (name) => rounds.map((round) => round[name]);
  return {
    throughput: sampleRatio(samples('open'), samples('closed'), 'rate'),
    processor: sampleRatio(samples('closed'), samples('open'), 'cpu'),
  };
}

async function exchangeWithDashboard(billetera, size) {
  const reader = await readDashboardStreams(billetera.url);
  try {
    return await exchange(billetera, size);
  } finally {
    await reader.stop();
  }
}

/** @returns {Promise<import('../load/sample.mjs').Sample>} of applyToken */
async function exchange(billetera, size) {
  const samples = {};
  await runCalls(['authCode', 'applyToken'], size, async (name, call, requests) => {
    samples[name] = await sampleCall(billetera, call, requests, connections);
    return samples[name].answers;
  });
  return samples.applyToken;
}

/** @returns {Promise<number[]>} the milliseconds of the page's long tasks */
async function watchPage(billetera, quick) {
  await exchange(billetera, quick ? quickCount : count);
  const { count: callCount, intervalMs } = quick ? quickWatched : watched;
  let tasks = [];
  await runCalls(['authCode', 'applyToken'], callCount, async (name, call, requests) => {
    if (name !== 'applyToken') return (await sampleCall(billetera, call, requests, connections)).answers;
    const answers = [];
    tasks = await longTasksOf(`${billetera.url}/`, async () => {
      for (const request of requests) {
        const next = wait(intervalMs);
        answers.push(await sendOne(billetera.url, request));
        await next;
      }
    });
    checkAnswers(call, requests, answers);
    return answers;
  });
  return tasks;
}

/** @returns {Promise<import('../load/send.mjs').Answer>} */
async function sendOne(url, { path, method, headers, body }) {
  const answer = await fetch(url + path, { method, headers, body });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}
