import type { CommonMy } from '../../bridge/core/types.js';
import type { WebViewContext } from './web-view.js';

/**
 * The mini program's `my` in Node. A call that does not exist here is a function too; the wallet answers it, or it fails with
 * error 1. If a wallet's own JSAPI has no verb in its name, use `my.call(name)`. Names of data, such as `isIDE`, are undefined.
 *
 * `getAuthCode` grants silent scopes. For other scopes the user must be one who decides alone (`behaviour`), or the setting
 * `consent` must be `grant` or `deny`: if a screen is needed, the call fails with error 4.
 */
export interface My extends CommonMy {
  /** The mini program's web-view. There is only one, so the id does not matter. */
  createWebViewContext(id?: string): WebViewContext;
  getLaunchOptionsSync(): { path: string; query: Record<string, string> };
  getEnterOptionsSync(): { path: string; query: Record<string, string> };

  // biome-ignore lint/suspicious/noExplicitAny: the wallet's own calls, and calls that do not exist
  [name: string]: any;
}
