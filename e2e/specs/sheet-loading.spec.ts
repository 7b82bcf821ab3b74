import type { Frame, Page } from '@playwright/test';
import { RecordingProxy } from '../stage/recording-proxy.ts';
import { appId, test as base, expect } from '../stage/test.ts';

/** The requests between my.getAuthCode and its sheet, and the layout of the sheet while it loads. */

const test = base.extend<{ recorder: RecordingProxy }>({
  recorder: async ({ emulator, wallet, open }, use) => {
    const recorder = await new RecordingProxy(emulator.url).listen();
    const bridge = `${recorder.origin}${new URL(wallet.url).pathname}/my.js`;
    await open({ bridge: `<script src="${bridge}" data-app-id="${appId}"></script>` });
    recorder.requests = [];
    await use(recorder);
    await recorder.close();
  },
});

const call = 'POST /wallet/jsapi';
const files = ['GET /assets/consent.css', 'GET /assets/consent.js'];
const isPicture = (request: string) => /\.(svg|png)$/.test(request);

/** Calls my.getAuthCode. @returns the sheet, once its script has run */
async function openSheet(page: Page): Promise<Frame> {
  await page.evaluate(() => {
    const shown = new Promise<void>((resolve) => {
      addEventListener('message', ({ data }) => data.billetera === 'shown' && resolve(), { capture: true });
    });
    const ended = my.getAuthCode({ scopes: ['USER_NAME', 'USER_AVATAR'] });
    Object.assign(window, { ended: ended.catch(() => {}) });
    return shown;
  });
  const sheet = page.frames().find((frame) => frame.url().includes('/wallet/'));
  if (sheet === undefined) throw new Error('the page has no sheet');
  return sheet;
}

/**
 * Waits until a part of the sheet is there, and the browser has drawn frames. To find the element under the mouse, a browser lays out
 * even a frame that it does not draw yet.
 */
async function drawPart(page: Page, selector: string): Promise<void> {
  await page.locator('iframe').contentFrame().locator(selector).waitFor({ state: 'attached' });
  await page.mouse.move(200, 400);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

async function closeSheet(page: Page, sheet: Frame): Promise<void> {
  await sheet.locator('[data-close]').click();
  await page.evaluate(() => (window as unknown as { ended: Promise<void> }).ended);
}

/** The sum of all layout shifts of a sheet, after its visible pictures have come. */
async function layoutShift(sheet: Frame): Promise<number> {
  await sheet.waitForFunction(() =>
    Array.from(document.images).every((picture) => picture.complete || !picture.checkVisibility()),
  );
  return sheet.evaluate(async () => {
    const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    let sum = 0;
    await frames();
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) sum += (shift as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    await frames();
    return sum;
  });
}

test('a sheet takes two round trips, and later ones load nothing but the sheet', async ({ page, recorder }) => {
  recorder.hold();
  const opened = openSheet(page);
  await recorder.holds(1);
  expect(recorder.requests, 'no preflight before the call').toEqual([call]);

  recorder.release('/wallet/jsapi');
  await recorder.holds(3);
  expect(recorder.requests.slice(1).sort(), 'the files do not wait for the sheet').toEqual([...files, 'GET /wallet/consent']);

  recorder.release('/wallet/consent');
  await drawPart(page, '[data-end]');
  recorder.stopHolding();
  const sheet = await opened;
  expect(
    recorder.requests.slice(4).filter((request) => !isPicture(request)),
    'each file is loaded once',
  ).toEqual([]);
  expect(await layoutShift(sheet)).toBe(0);
  await closeSheet(page, sheet);

  recorder.requests = [];
  recorder.hold();
  const openedAgain = openSheet(page);
  await recorder.holds(1);
  recorder.release('/wallet/jsapi');
  await recorder.holds(1);
  recorder.releaseHalf('/wallet/consent');
  await drawPart(page, '.card-head');
  recorder.stopHolding();
  const again = await openedAgain;
  expect(recorder.requests.filter((request) => !isPicture(request))).toEqual([call, 'GET /wallet/consent']);
  expect(await layoutShift(again)).toBe(0);
});

test('a call that needs no sheet takes one request', async ({ page, recorder }) => {
  expect(await page.evaluate(() => my.getAuthCode({ scopes: 'USER_ID' }))).toMatchObject({ authSuccessScopes: ['USER_ID'] });
  expect(recorder.requests).toEqual([call]);
});
