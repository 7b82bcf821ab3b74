import { once } from 'node:events';
import { createServer } from 'node:http';
import { recordNetwork } from './record-network.mjs';

/** Sheets in each context. The first one is cold. */
const sheets = 5;

/**
 * @typedef {object} Opening
 * @property {number} milliseconds from the click that calls my.getAuthCode until the script of the sheet has run
 * @property {number} requests on the network
 * @property {number} roundTrips how many of these requests follow each other
 * @property {number} layoutShift
 */

/**
 * Serves a mini program that asks for an authCode at a click.
 *
 * @param {string} url of the emulator
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serveMiniProgram(url) {
  const host = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(miniProgram(url)));
  await once(host.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `http://127.0.0.1:${host.address().port}/`,
    close() {
      host.closeAllConnections();
      host.close();
    },
  };
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

/**
 * Opens the consent sheet five times in a new context, which has an empty cache and new connections.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the mini program
 * @returns {Promise<Opening[]>} the first one is cold
 */
export async function openSheets(browser, address) {
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
