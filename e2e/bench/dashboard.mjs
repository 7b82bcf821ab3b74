import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from '../stage/launch-options.mjs';
import { callAsMerchant, exchangeRequests } from './merchant.mjs';
import { median } from './statistics.mjs';

const readStreams = fileURLToPath(new URL('read-streams.mjs', import.meta.url));
const rounds = 7;
/** Calls in a round. */
const count = 2000;
/** The entries that a journal holds. */
const journalEntries = 2000;
/** Calls while the page is watched, and the time between two of them in milliseconds. */
const watchedCalls = 200;
const intervalMs = 50;

/**
 * Measures what an open dashboard costs: the throughput of applyToken with its stream read, as part of the throughput without, the
 * emulator's processor time for a call without it, as part of the time with it, and the longest task of the page while calls come in.
 * Other processes on the machine change the throughput more than the processor time.
 *
 * @param {{ url: string, processorTime(): number }} server the emulator
 * @returns {Promise<{ throughput: number, processor: number, longestTaskMs: number, tasksOver50Ms: number }>}
 */
export async function measureDashboard(server) {
  return { ...(await costOfDashboard(server)), ...(await watchPage(server.url)) };
}

/** The rounds with and without a dashboard take turns. */
async function costOfDashboard(server) {
  const runs = { open: () => withStreams(server.url, () => exchange(server)), closed: () => exchange(server) };
  await exchange(server);
  const ratios = { throughput: [], processor: [] };
  for (let round = 0; round < rounds; round++) {
    const costs = {};
    for (const name of round % 2 === 0 ? ['open', 'closed'] : ['closed', 'open']) costs[name] = await runs[name]();
    ratios.throughput.push(costs.open.rate / costs.closed.rate);
    ratios.processor.push(costs.closed.processor / costs.open.processor);
  }
  return { throughput: median(ratios.throughput), processor: median(ratios.processor) };
}

/** @returns {Promise<{ rate: number, processor: number }>} calls a second, and the processor time for all calls in milliseconds */
async function exchange({ url, processorTime }) {
  const requests = await exchangeRequests(url, count);
  const before = processorTime();
  const { rate } = await callAsMerchant(url, requests);
  return { rate, processor: processorTime() - before };
}

/** Reads the stream that the dashboard opens. A browser on the same machine would take processor time from the emulator. */
async function withStreams(url, act) {
  const page = await (await fetch(`${url}/`, { headers: { accept: 'text/html' } })).text();
  const addresses = Array.from(page.matchAll(/data-stream="([^"]+)"/g), ([, address]) =>
    address.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
  );
  if (addresses.length === 0) throw new Error('the dashboard has no stream');
  const reader = spawn(process.execPath, [readStreams, ...addresses.map((address) => new URL(address, url).href)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(reader, 'exit');
  const isOpen = await Promise.race([once(reader.stdout, 'data').then(() => true), exited.then(() => false)]);
  if (!isOpen) throw new Error('the stream of the dashboard could not be read');
  try {
    return await act();
  } finally {
    reader.kill('SIGKILL');
    await exited;
  }
}

/** Watches the dashboard in Chromium, with a full journal, while 20 calls a second come in. */
async function watchPage(url) {
  await callAsMerchant(url, await exchangeRequests(url, journalEntries));
  const calls = await exchangeRequests(url, watchedCalls);
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}/`);
    await page.evaluate(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    for (const { path, method, headers, body } of calls) {
      const next = wait(intervalMs);
      await (await fetch(url + path, { method, headers, body })).arrayBuffer();
      await next;
    }
    const tasks = await page.evaluate(() => globalThis.longTasks);
    return { longestTaskMs: Math.max(0, ...tasks), tasksOver50Ms: tasks.length };
  } finally {
    await browser.close();
  }
}
