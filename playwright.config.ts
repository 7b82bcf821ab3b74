import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const { BILLETERA_BROWSER, CI } = process.env;
const isRoot = process.getuid?.() === 0;
// Debian's Chromium has features that call other hosts.
const isDebian = existsSync('/etc/debian_version');
const disabledFeatures = [
  // Each new window would load two hidden pages of its address bar, which takes longer than most tests.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // Chromium reads only the last list that it is given, so these are the ones of Playwright 1.65 (chromiumSwitches in playwright-core).
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

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
    launchOptions: {
      ...(BILLETERA_BROWSER && { executablePath: BILLETERA_BROWSER }),
      args: [
        `--disable-features=${disabledFeatures.join(',')}`,
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
  },
});
