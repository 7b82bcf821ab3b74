/** The settings that the server writes into the script. */
export interface Config {
  /** The emulator's address with the tenant's path, without a trailing slash. */
  baseUrl: string;
  /** From `?appId=` in the script's URL. */
  appId: string | null;
  siteName: string;
  /** The wallet's own JSAPIs. */
  jsapis: string[];
}

declare const __BILLETERA__: Config;

export const config: Config = __BILLETERA__;

export const walletOrigin = new URL(config.baseUrl).origin;

/** The mini program's id. If it is null, the server finds the mini program by the page's origin. */
export const appId: string | null = config.appId || appIdOfTag();

function appIdOfTag(): string | null {
  const own = document.currentScript;
  if (own?.dataset.appId) return own.dataset.appId;
  // A module script has no currentScript.
  for (const tag of document.querySelectorAll<HTMLScriptElement>('script[data-app-id]')) {
    if (tag.src.startsWith(`${config.baseUrl}/my.js`)) return tag.dataset.appId || null;
  }
  return null;
}
