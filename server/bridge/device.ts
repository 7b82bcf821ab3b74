import { offer } from './call.ts';
import { config } from './config.ts';
import { DENIED, type Handler, ILLEGAL, type Outcome, refuse, succeed, text, type Value } from './core/outcome.ts';

/** The browser, in a phone's terms. */
export function systemInfo(): Value {
  const agent = navigator.userAgent;
  const ios = /iPhone|iPad|iPod/.test(agent);
  return {
    app: config.siteName,
    brand: ios ? 'Apple' : 'Android',
    model: /iPhone|iPad|iPod|Android [^;)]*; ([^;)]+)/.exec(agent)?.slice(0, 2).pop() ?? 'browser',
    platform: ios ? 'iOS' : 'Android',
    system: /(?:OS|Android) (\d[\d_.]*)/.exec(agent)?.[1]?.replace(/_/g, '.') ?? '14',
    version: '10.0.0',
    language: navigator.language,
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

/** What was set last, for a browser that does not let a page read its clipboard. */
let clipboard = '';

const setClipboard: Handler = async (params) => {
  clipboard = text(params.text);
  await navigator.clipboard?.writeText(clipboard).catch(() => {});
  return succeed({ success: true });
};

const getClipboard: Handler = async () =>
  succeed({ text: (await navigator.clipboard?.readText().catch(() => clipboard)) ?? clipboard });

const getNetworkType: Handler = () => {
  const networkType = navigator.onLine ? 'WIFI' : 'NOTREACHABLE';
  return succeed({ networkType, networkInfo: networkType, networkAvailable: navigator.onLine });
};

const getLocation: Handler = (params) =>
  new Promise<Outcome>((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve(
          succeed({ latitude: String(coords.latitude), longitude: String(coords.longitude), accuracy: String(coords.accuracy) }),
        ),
      // The browser counts: permission, position, time-out; the wallets: 11, 13, 14.
      ({ code, message }) => resolve(refuse([DENIED, DENIED, 13, 14][code] ?? 13, message)),
      { timeout: Number(params.timeout) || 30_000 },
    );
  });

const makePhoneCall: Handler = (params) => {
  if (!params.number) return refuse(ILLEGAL, 'number: a telephone number is expected');
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

export function offerDevice(): void {
  offer({
    getSystemInfo: () => succeed(systemInfo()),
    getSiteInfo: () => succeed({ siteName: config.siteName }),
    // A page in a wallet's web-view counts as a part of the mini program.
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
  });
}
