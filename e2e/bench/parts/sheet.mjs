import { chromium } from '@playwright/test';
import { launchOptions } from '../../stage/launch-options.mjs';
import { openSheets, serveMiniProgram } from '../browser/open-sheets.mjs';
import { hundredth, whole } from '../report/formats.mjs';
import { runRounds } from '../rounds.mjs';
import { startBilletera, withServers } from '../servers/servers.mjs';
import { median, quantile } from '../statistics.mjs';

/** @typedef {import('../browser/open-sheets.mjs').Opening} Opening */
/** @typedef {{ median: number, p95: number, requests: number, roundTrips: number, layoutShift: number }} Summary */

/** Browser contexts. */
const contexts = 20;
const longestMs = 60_000;
const titles = { cold: 'cold: empty cache', warm: 'warm' };
/** The longest median time in milliseconds. */
const aims = { cold: 120, warm: 60 };

/** The time until the consent sheet can be used, in Chromium. @type {import('../part.mjs').Part} */
export const sheetPart = {
  name: 'sheet',

  measure: ({ quick }) =>
    withServers({ billetera: () => startBilletera('--log-level', 'silent') }, ({ billetera }) =>
      measureSheet(billetera.url, quick ? 1 : contexts),
    ),

  tables: (measured) => [
    {
      title: 'Consent sheet: from the call of my.getAuthCode until the script of the sheet has run',
      head: ['', 'p50 ms', 'p95 ms', 'requests', 'round trips', 'layout shift'],
      rows: Object.entries(measured).map(([name, { median, p95, requests, roundTrips, layoutShift }]) => [
        titles[name],
        whole(median),
        whole(p95),
        whole(requests),
        whole(roundTrips),
        hundredth(layoutShift),
      ]),
      note: 'Requests and round trips are medians; the layout shift is that of the worst opening.',
    },
  ],

  figures: (measured) =>
    Object.entries(measured).flatMap(([name, { median, requests, roundTrips, layoutShift }]) => [
      { name: `sheet, ${name}: p50`, value: median, better: 'lower', unit: 'ms', aim: aims[name] },
      { name: `sheet, ${name}: requests`, value: requests, better: 'lower' },
      { name: `sheet, ${name}: round trips`, value: roundTrips, better: 'lower' },
      { name: `sheet, ${name}: layout shift`, value: layoutShift, better: 'lower', aim: 0 },
    ]),

  summary: ({ cold, warm }) => [
    ['consent sheet after `my.getAuthCode`', `${whole(cold.median)} ms, ${whole(warm.median)} ms with a warm cache`, ''],
  ],
};

/** @returns {Promise<{ cold: Summary, warm: Summary }>} */
async function measureSheet(url, contexts) {
  const miniProgram = await serveMiniProgram(url);
  const browser = await chromium.launch(launchOptions);
  try {
    // The first context warms up server and browser.
    await openSheets(browser, miniProgram.address);
    const rounds = await runRounds({ rounds: contexts, longestMs }, () => openSheets(browser, miniProgram.address));
    return { cold: summary(rounds.map(([first]) => first)), warm: summary(rounds.flatMap(([, ...later]) => later)) };
  } finally {
    await browser.close();
    miniProgram.close();
  }
}

/** @param {Opening[]} openings @returns {Summary} */
function summary(openings) {
  const values = (field) => openings.map((opening) => opening[field]);
  return {
    median: median(values('milliseconds')),
    p95: quantile(values('milliseconds'), 0.95),
    requests: median(values('requests')),
    roundTrips: median(values('roundTrips')),
    layoutShift: Math.max(...values('layoutShift')),
  };
}
