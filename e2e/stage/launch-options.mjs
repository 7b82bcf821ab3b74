import { existsSync } from 'node:fs';

const { BILLETERA_BROWSER } = process.env;
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

/** The options with which tests and benchmark start Chromium. */
export const launchOptions = {
  ...(BILLETERA_BROWSER && { executablePath: BILLETERA_BROWSER }),
  args: [
    `--disable-features=${disabledFeatures.join(',')}`,
    ...(isRoot ? ['--no-sandbox'] : []),
    ...(isDebian
      ? ['--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync']
      : []),
  ],
};
