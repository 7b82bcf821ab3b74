import { jsapiError } from '../engine/jsapi-errors.ts';
import { config, language } from './config.ts';
import { type CallResult, fail, type Handler, succeed, text } from './core/call-result.ts';
import type { SystemInfo } from './core/types.ts';

/** The error numbers that only my.getLocation has. */
const POSITION_UNAVAILABLE = 13;
const POSITION_TIMED_OUT = 14;
const locationTimeoutMs = 30_000;

/** The part after `Android 14` in `Mozilla/5.0 (Linux; Android 14; Pixel 8) …`. */
function androidModel(agent: string): string | undefined {
  const parts = (agent.split(/[()]/)[1] ?? '').split('; ');
  const android = parts.findIndex((part) => part.startsWith('Android '));
  return android < 0 ? undefined : parts[android + 1];
}

/** Describes the browser as a phone. */
export function systemInfo(): SystemInfo {
  const agent = navigator.userAgent;
  const ios = /iPhone|iPad|iPod/.test(agent);
  return {
    app: config.siteName,
    brand: ios ? 'Apple' : 'Android',
    model: /iPhone|iPad|iPod/.exec(agent)?.[0] ?? androidModel(agent) ?? 'browser',
    platform: ios ? 'iOS' : 'Android',
    system: /(?:OS|Android) (\d[\d_.]*)/.exec(agent)?.[1]?.replace(/_/g, '.') ?? '14',
    version: '10.0.0',
    language,
    pixelRatio: window.devicePixelRatio,
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    screenWidth: screen.width,
    screenHeight: screen.height,
    statusBarHeight: 0,
    titleBarHeight: 0,
    fontSizeSetting: 16,
  };
}

/** The text set last, for a browser that does not let a page read the clipboard. */
let clipboard = '';

const setClipboard: Handler = async (params) => {
  clipboard = text(params.text);
  await navigator.clipboard?.writeText(clipboard).catch(() => {});
  return succeed();
};

const getClipboard: Handler = async () =>
  succeed({ text: (await navigator.clipboard?.readText().catch(() => clipboard)) ?? clipboard });

const getNetworkType: Handler = () => {
  const networkType = navigator.onLine ? 'WIFI' : 'NOTREACHABLE';
  return succeed({ networkType, networkInfo: networkType, networkAvailable: navigator.onLine });
};

const getLocation: Handler = (params) =>
  new Promise<CallResult>((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve(
          succeed({ latitude: String(coords.latitude), longitude: String(coords.longitude), accuracy: String(coords.accuracy) }),
        ),
      (error) => resolve(fail(locationError(error), error.message)),
      { timeout: Number(params.timeout) || locationTimeoutMs },
    );
  });

function locationError({ code, PERMISSION_DENIED, TIMEOUT }: GeolocationPositionError): number {
  if (code === PERMISSION_DENIED) return jsapiError.refused;
  return code === TIMEOUT ? POSITION_TIMED_OUT : POSITION_UNAVAILABLE;
}

const makePhoneCall: Handler = (params) => {
  if (!params.number) return fail(jsapiError.invalidParameters, 'number: expected a telephone number');
  location.href = `tel:${encodeURIComponent(text(params.number))}`;
  return succeed();
};

const vibrate =
  (milliseconds: number): Handler =>
  () => {
    navigator.vibrate?.(milliseconds);
    return succeed();
  };

const setNavigationBar: Handler = (params) => {
  if (params.title !== undefined) document.title = text(params.title);
  return succeed();
};

const pageScrollTo: Handler = (params) => {
  window.scrollTo({ top: Number(params.scrollTop) || 0, behavior: 'smooth' });
  return succeed();
};

const hideKeyboard: Handler = () => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  return succeed();
};

export const deviceCalls: Record<string, Handler> = {
  getSiteInfo: () => succeed({ siteName: config.siteName }),
  // In the wallets, a page in a web-view counts as part of the mini program.
  getEnv: () => succeed({ miniprogram: true }),
  getRunScene: () => succeed({ envVersion: 'develop' }),
  getServerTime: () => succeed({ time: Date.now() }),
  setClipboard,
  getClipboard,
  getNetworkType,
  getLocation,
  makePhoneCall,
  vibrate: vibrate(400),
  vibrateLong: vibrate(400),
  vibrateShort: vibrate(40),
  setNavigationBar,
  pageScrollTo,
  hideKeyboard,
};
