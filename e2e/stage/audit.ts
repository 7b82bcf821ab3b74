import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Locator, Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The frame of an iframe element, with its styles loaded. Before that, elements are visible but not styled. */
export async function frameOf(iframe: Locator): Promise<Frame> {
  const frame = await (await iframe.elementHandle())?.contentFrame();
  if (!frame) throw new Error('the element holds no frame');
  await frame.waitForLoadState('load');
  return frame;
}

/** The violations that axe-core finds in a frame: a line each, with the element. */
export async function violations(frame: Frame): Promise<string[]> {
  // Before its styles are loaded, a page has other colours.
  await frame.waitForLoadState('load');
  if (!(await frame.evaluate('"axe" in window'))) await frame.evaluate(axe);
  const results = await frame.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`));
}

/** The violations of a page in light and in dark colours: a line each. */
export async function violationsInEachScheme(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violations(page.mainFrame())).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}
