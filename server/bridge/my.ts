import { appId, config } from './config.ts';
import { createMyFor } from './core/my.ts';
import { deviceCalls, systemInfo } from './device.ts';
import { dialogs } from './dialogs.ts';
import { watchGestures } from './gesture.ts';
import { announce, createBridge } from './native-bridge.ts';
import { pageStore } from './page-storage.ts';
import { pageWallet } from './page-wallet.ts';
import { toasts } from './toast.ts';
import { webView } from './web-view.ts';

const loaded = Symbol.for('billetera.bridge');

function start(): void {
  if (config.problem) console.error(`[billetera] ${config.problem}`);
  watchGestures();
  const { my, calls } = createMyFor({
    name: config.siteName,
    appId,
    jsapis: config.jsapis,
    handlers: { ...dialogs, ...toasts, ...deviceCalls },
    systemInfo,
    store: pageStore(),
    // Looked up at each call, because a page's tests may replace it.
    http: { fetch: (...request) => fetch(...request), baseUrl: () => document.baseURI },
    wallet: pageWallet,
    more: webView,
  });
  window.my = my as unknown as Window['my'];
  window.AlipayJSBridge = createBridge(calls);
  announce();
}

if (!Reflect.has(window, loaded)) {
  Object.defineProperty(window, loaded, { value: true });
  start();
}
