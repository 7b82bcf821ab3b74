import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/stage/launch-options.mjs';

const { CI } = process.env;

export default defineConfig({
  projects: [
    { name: 'specs', testDir: 'e2e/specs' },
    // These tests use only what the npm package offers to its users.
    { name: 'published', testDir: 'e2e/published' },
  ],
  // The tests import the built package by its name. Playwright must not compile it again.
  build: { external: ['**/dist/**'] },
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  // A flaky test is a defect, so it must fail.
  retries: 0,
  forbidOnly: Boolean(CI),
  reporter: CI ? 'line' : 'list',
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'es-MX',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 10_000,
  },
});
