import { chromium } from '@playwright/test';
import { launchOptions } from '../../stage/launch-options.mjs';

/**
 * Opens a page in Chromium, and records the tasks that keep it busy for more than 50 ms.
 *
 * @param {string} address
 * @param {() => Promise<void>} act what happens while the page is open
 * @returns {Promise<number[]>} the milliseconds of these tasks
 */
export async function longTasksOf(address, act) {
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(address);
    await page.evaluate(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    await act();
    return await page.evaluate(() => globalThis.longTasks);
  } finally {
    await browser.close();
  }
}
