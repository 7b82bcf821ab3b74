import type { SystemInfo } from '../../bridge/core/types.js';

/** A phone, for a process that has none. Frameworks compute sizes from it while they load. */
export const systemInfo: SystemInfo = {
  app: 'Billetera',
  brand: 'Android',
  model: 'billetera',
  platform: 'Android',
  system: '14',
  version: '10.0.0',
  language: 'en',
  pixelRatio: 3,
  windowWidth: 390,
  windowHeight: 844,
  screenWidth: 390,
  screenHeight: 844,
  statusBarHeight: 0,
  titleBarHeight: 0,
  fontSizeSetting: 16,
};
