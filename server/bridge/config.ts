/** What the server writes into the script when it serves it. */
export interface Config {
  /** The emulator's address, with the tenant's path if there is one and without a closing slash. */
  baseUrl: string;
  /** From `?appId=` on the script's address. */
  appId: string | null;
  siteName: string;
  /** The JSAPIs that the wallet answers itself. */
  jsapis: string[];
}

declare const __BILLETERA__: Config;

export const config: Config = __BILLETERA__;

export const walletOrigin = new URL(config.baseUrl).origin;

/** The mini program's id, or null: then the server goes by the page's origin. */
export const appId: string | null = config.appId || appIdOfTag();

function appIdOfTag(): string | null {
  const own = document.currentScript;
  if (own?.dataset.appId) return own.dataset.appId;
  // A module has no currentScript.
  for (const tag of document.querySelectorAll<HTMLScriptElement>('script[data-app-id]')) {
    if (tag.src.startsWith(`${config.baseUrl}/my.js`)) return tag.dataset.appId || null;
  }
  return null;
}
