import type { Page } from '@playwright/test';

/**
 * Counts the forms that a page and its frames submit. Call it before the page is opened.
 * @returns a function that gives the count so far
 */
export async function countSubmissions(page: Page): Promise<() => Promise<number>> {
  let count = 0;
  await page.exposeFunction('countSubmission', () => {
    count++;
  });
  await page.addInitScript(() => {
    const countOne: () => void = Reflect.get(window, 'countSubmission');
    addEventListener('submit', () => countOne(), true);
    // This method fires no event.
    const { submit } = HTMLFormElement.prototype;
    HTMLFormElement.prototype.submit = function () {
      countOne();
      submit.call(this);
    };
  });
  return async () => {
    // The page's messages arrive in order, so this answer comes after the counts.
    await page.evaluate(() => undefined);
    return count;
  };
}
