import { once } from 'node:events';
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';
import { launchOptions } from '../stage/launch-options.mjs';
import { median, quantile } from './statistics.mjs';

/** Browser contexts, each with an empty cache and new connections. */
const contexts = 20;
/** Sheets in each context. The first one is cold. */
const sheets = 5;
/** No new context starts after this time, so a busy machine measures fewer. */
const longestMs = 60_000;

/**
 * @typedef {{ milliseconds: number, requests: number, roundTrips: number, layoutShift: number }} Opening
 *   from the click that calls my.getAuthCode until the script of the sheet has run: the time, the requests on the network, and how many
 *   of them follow each other
 * @typedef {{ median: number, p95: number, requests: number, roundTrips: number, layoutShift: number }} Summary the counts and the
 *   layout shift are those of the worst opening
 */

/**
 * Opens the consent sheet in Chromium again and again.
 *
 * @param {string} url of the emulator
 * @returns {Promise<{ cold: Summary, warm: Summary }>}
 */
export async function measureSheet(url) {
  const host = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(miniProgram(url)));
  await once(host.listen(0, '127.0.0.1'), 'listening');
  const browser = await chromium.launch(launchOptions);
  try {
    const began = performance.now();
    const cold = [];
    const warm = [];
    // The first context warms up server and browser.
    for (let count = -1; count < contexts && (count < 1 || performance.now() - began < longestMs); count++) {
      const [first, ...later] = await openSheets(browser, `http://127.0.0.1:${host.address().port}/`);
      if (count < 0) continue;
      cold.push(first);
      warm.push(...later);
    }
    return { cold: summary(cold), warm: summary(warm) };
  } finally {
    await browser.close();
    host.closeAllConnections();
    host.close();
  }
}

function miniProgram(url) {
  return `<!doctype html><html lang="es"><head><title>Mini programa</title><link rel="icon" href="data:,">
<script>
addEventListener('message', ({ data }) => {
  if (data.billetera === 'shown') shown(performance.now() - clicked);
}, true);
function prepare() {
  return new Promise((resolve) => { shown = resolve; });
}
</script>
<script src="${url}/my.js"></script></head>
<body><button>Entrar</button><script>
document.querySelector('button').addEventListener('click', () => {
  clicked = performance.now();
  ended = my.getAuthCode({ scopes: ['USER_NAME', 'USER_AVATAR', 'USER_CONTACTINFO'] }).catch(() => {});
});
</script></body></html>`;
}

/** @returns {Promise<Opening[]>} */
async function openSheets(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'es-MX' });
  const page = await context.newPage();
  const network = await recordNetwork(page);
  await page.goto(address);
  const openings = [];
  for (let count = 0; count < sheets; count++) openings.push(await openSheet(page, network));
  await context.close();
  return openings;
}

async function openSheet(page, network) {
  network.clear();
  await page.evaluate('opening = prepare(), undefined');
  await page.click('button');
  const milliseconds = await page.evaluate('opening');
  const counts = network.counts();
  const sheet = page.frames()[1];
  await sheet.waitForLoadState('networkidle');
  const layoutShift = await sheet.evaluate(sumOfLayoutShifts);
  await sheet.click('[data-close]');
  await page.evaluate('ended');
  return { milliseconds, ...counts, layoutShift };
}

function sumOfLayoutShifts() {
  return new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) sum += value;
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  });
}

/** Records the page's requests on the network, preflights too. */
async function recordNetwork(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const requests = new Map();
  const urls = new Set();
  session.on('Network.requestWillBeSent', ({ requestId, type, timestamp, request: { method, url } }) => {
    // The sheet asks for the files that my.js is loading. It gets them from there.
    if (urls.has(`${method} ${url}`)) return;
    urls.add(`${method} ${url}`);
    requests.set(requestId, { began: timestamp, answered: Number.POSITIVE_INFINITY, isPicture: type === 'Image' });
  });
  session.on('Network.responseReceived', ({ requestId, timestamp, response }) => {
    if (response.fromDiskCache) requests.delete(requestId);
    else if (requests.has(requestId)) requests.get(requestId).answered = timestamp;
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => requests.delete(requestId));
  return {
    clear() {
      requests.clear();
      urls.clear();
    },
    counts: () => ({ requests: requests.size, roundTrips: roundTrips([...requests.values()]) }),
  };
}

/** The longest chain of requests of which each began when the one before it was answered. The sheet does not wait for pictures. */
function roundTrips(requests) {
  const answered = requests.filter((request) => !request.isPicture && Number.isFinite(request.answered));
  let count = 0;
  let free = 0;
  for (const request of answered.toSorted((a, b) => a.answered - b.answered)) {
    if (request.began < free) continue;
    count++;
    free = request.answered;
  }
  return count;
}

/** @param {Opening[]} openings @returns {Summary} */
function summary(openings) {
  const times = openings.map(({ milliseconds }) => milliseconds);
  const worst = (field) => Math.max(...openings.map((opening) => opening[field]));
  return {
    median: median(times),
    p95: quantile(times, 0.95),
    requests: worst('requests'),
    roundTrips: worst('roundTrips'),
    layoutShift: worst('layoutShift'),
  };
}
