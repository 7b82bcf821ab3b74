import { createMyFor } from '../../bridge/core/my.js';
import { memoryStore } from '../../bridge/core/storage.js';
import { consoleCalls } from './console-calls.js';
import { httpFetch } from './http-fetch.js';
import { httpWallet } from './http-wallet.js';
import { systemInfo } from './system-info.js';
import type { My } from './types.js';
import { WebViewContext } from './web-view.js';

export type * from '../../bridge/core/types.js';
export type { My } from './types.js';
export type { WebViewContext } from './web-view.js';

export interface MyOptions {
  /** The wallet's address, with `/t/<tenant>` for a tenant. */
  url: string;
  /** The mini program's id. The default is the wallet's first mini program. */
  appId?: string;
  /** Names the session of the page in the mini program's web-view, for `my.createWebViewContext`. */
  session?: string;
  /** The origin of the page that would call. An app with `callbackOrigins` checks it. */
  origin?: string;
  /** Sends the requests of `my.request`: a test's double, for example. Default: node:http. */
  fetch?: typeof globalThis.fetch;
}

const sessionName = /^[A-Za-z0-9_.-]{1,128}$/;
const launchOptions = () => ({ path: '', query: {} });

/**
 * Creates `my` for Node and simulators. A native mini program's code cannot load a script, so it gets its authCodes over HTTP.
 * @example globalThis.my = createMy({ url: 'http://127.0.0.1:4010', appId: '3333010071465913000' });
 * @throws Error if `url` is not an address, or if `session` is not a name
 */
export function createMy(options: MyOptions): My {
  // Callers in JavaScript may leave the options out.
  const { url, appId, session, origin, fetch }: Partial<MyOptions> = options ?? {};
  if (url === undefined || !URL.canParse(url))
    throw new Error(`url: expected the wallet's address, such as http://127.0.0.1:4010, got ${url}`);
  if (session !== undefined && !sessionName.test(session))
    throw new Error(`session: expected up to 128 letters, digits, dots, hyphens and underscores, got ${session}`);
  const address = url.replace(/\/{1,16}$/, '');
  const webView = new WebViewContext(address, session);
  const { my } = createMyFor({
    name: 'billetera/my',
    appId,
    handlers: consoleCalls,
    systemInfo: () => ({ ...systemInfo }),
    store: memoryStore(),
    http: { fetch: fetch ?? httpFetch },
    wallet: httpWallet({ url: address, appId, origin }),
    more: { createWebViewContext: () => webView, getLaunchOptionsSync: launchOptions, getEnterOptionsSync: launchOptions },
  });
  return my as My;
}
