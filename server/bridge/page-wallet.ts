import { appId, config, language, walletOrigin } from './config.ts';
import { reason } from './core/call-result.ts';
import type { WalletConnection } from './core/wallet.ts';
import { hadGesture } from './gesture.ts';
import { showSheet } from './sheet.ts';

// The page's tests may replace `fetch` later. That must not cut the wallet off.
export const send = window.fetch.bind(window);

/** Reaches the wallet from a page: by fetch, with a sheet over the page if the user has to be asked. */
export const pageWallet: WalletConnection = {
  name: `${config.siteName} at ${config.baseUrl}`,
  accessProblem() {
    if (config.problem) return config.problem;
    if (self.origin !== 'null') return undefined;
    const page = location.protocol === 'file:' ? 'a page from file:' : 'a sandboxed frame';
    return `${page} has no origin, so the wallet cannot answer it; serve it from http://localhost, without a sandbox`;
  },
  context: () => ({
    appId,
    gesture: hadGesture(),
    ancestors: ancestorOrigins(),
    lang: language,
    colorScheme: window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  }),
  async post(body, signal) {
    try {
      const response = await send(`${config.baseUrl}/wallet/jsapi`, {
        method: 'POST',
        // Before it sends a page's JSON to another origin, a browser asks whether it may. Text is sent at once.
        headers: { 'Content-Type': 'text/plain' },
        body,
        credentials: 'omit',
        cache: 'no-store',
        signal,
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw new Error(
        `${reason(error)}. Is it running, and does connect-src in the page's Content-Security-Policy allow ${walletOrigin}?`,
      );
    }
  },
  showScreen(url, id, files) {
    const result = showSheet(url, id);
    preload(files);
    return result;
  },
};

const preloaded = new Set<string>();

/** Loads a screen's files into the browser's cache while the screen is on its way. */
function preload(files: string[]): void {
  for (const file of files.filter((file) => !preloaded.has(file))) {
    preloaded.add(file);
    send(file).catch(() => {});
  }
}

/** The origins of the pages around this one, nearest first. Without `ancestorOrigins` (Firefox), only the nearest is known. */
function ancestorOrigins(): string[] {
  if (location.ancestorOrigins) return Array.from(location.ancestorOrigins);
  if (window.parent === window || !document.referrer) return [];
  return [new URL(document.referrer).origin];
}
