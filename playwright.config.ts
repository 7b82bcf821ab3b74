import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const { BILLETERA_BROWSER, CI } = process.env;
const isRoot = process.getuid?.() === 0;
// Debian's Chromium has features of its own that phone home.
const isDebian = existsSync('/etc/debian_version');

export default defineConfig({
  projects: [
    { name: 'specs', testDir: 'e2e/specs' },
    // By what users of the package have, and nothing else.
    { name: 'published', testDir: 'e2e/published' },
  ],
  // The package's own code, under its own name: it is built already.
  build: { external: ['**/dist/**'] },
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  // A machine that is busy with other work may stall a browser once; what needed a second try is reported as flaky.
  retries: CI ? 1 : 0,
  forbidOnly: Boolean(CI),
  reporter: CI ? 'line' : 'list',
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(BILLETERA_BROWSER && { executablePath: BILLETERA_BROWSER }),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        ...(isDebian
          ? ['--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync']
          : []),
      ],
    },
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'es-MX',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 10_000,
    trace: 'on-first-retry',
  },
});
