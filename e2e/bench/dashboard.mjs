import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { launchOptions } from '../stage/launch-options.mjs';
import { callAsMerchant, exchangeRequests } from './merchant.mjs';
import { median } from './statistics.mjs';

const rounds = 7;
/** Calls in a round. */
const count = 2000;
/** The entries that a journal holds. */
const journalEntries = 2000;
/** Calls while the page is watched, and the time between two of them in milliseconds. */
const watchedCalls = 200;
const intervalMs = 50;

/**
 * Measures what an open dashboard costs: the throughput of applyToken with its streams read, as part of the throughput without, and the
 * longest task of the page while calls come in.
 *
 * @param {string} url of the emulator
 * @returns {Promise<{ throughput: number, longestTaskMs: number, tasksOver50Ms: number }>}
 */
export async function measureDashboard(url) {
  const throughput = await throughputWithDashboard(url);
  return { throughput, ...(await watchPage(url)) };
}

/** The rounds with and without a dashboard take turns. */
async function throughputWithDashboard(url) {
  const runs = { open: () => withStreams(url, () => exchange(url)), closed: () => exchange(url) };
  await exchange(url);
  const ratios = [];
  for (let round = 0; round < rounds; round++) {
    const rates = {};
    for (const name of round % 2 === 0 ? ['open', 'closed'] : ['closed', 'open']) rates[name] = await runs[name]();
    ratios.push(rates.open / rates.closed);
  }
  return median(ratios);
}

/** @returns {Promise<number>} calls a second */
async function exchange(url) {
  return (await callAsMerchant(url, await exchangeRequests(url, count))).rate;
}

/** Reads the streams that the dashboard opens. A browser on the same machine would take processor time from the emulator. */
async function withStreams(url, act) {
  const page = await (await fetch(`${url}/`, { headers: { accept: 'text/html' } })).text();
  const addresses = Array.from(page.matchAll(/data-stream="([^"]+)"/g), ([, address]) =>
    address.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
  );
  if (addresses.length === 0) throw new Error('the dashboard has no stream');
  const ended = new AbortController();
  const read = addresses.map((address) => readAll(new URL(address, url), ended.signal));
  try {
    return await act();
  } finally {
    ended.abort();
    await Promise.all(read);
  }
}

async function readAll(address, signal) {
  try {
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    for await (const _ of answer.body);
  } catch (error) {
    if (!signal.aborted) throw error;
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
      new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
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
