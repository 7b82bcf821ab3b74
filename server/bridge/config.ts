/** The settings that the server writes into the script. */
export interface Config {
  /** The emulator's address with the tenant's path, without a trailing slash. */
  baseUrl: string;
  /** From `?appId=` in the script's URL. */
  appId: string | null;
  /** From `?session=` in the script's URL. */
  session: string | null;
  /** From `?lang=` in the script's URL. */
  lang?: string;
  siteName: string;
  /** The wallet's own JSAPIs. */
  jsapis: string[];
  /** The reason if the wallet cannot be asked at the script's address; null if it can. */
  problem: string | null;
}

declare const __BILLETERA__: Config;

export const config: Config = __BILLETERA__;

export const walletOrigin = new URL(config.baseUrl).origin;

const tag = ownTag();

/** The mini program's id. If it is null, the server finds the mini program by the page's origin. */
export const appId: string | null = config.appId || tag?.dataset.appId || null;

/** The session of the web-view that the page is in, if a test has named one. */
export const session: string | null = config.session || tag?.dataset.session || null;

/** The language of the phone, which the wallet's screens follow. */
export const language: string = config.lang || navigator.language;

function ownTag(): HTMLOrSVGScriptElement | undefined {
  const own = document.currentScript;
  if (own?.dataset.appId || own?.dataset.session) return own;
  // A module script has no currentScript.
  const tags = document.querySelectorAll<HTMLScriptElement>('[data-app-id],[data-session]');
  return Array.from(tags).find(({ src }) => src?.startsWith(`${config.baseUrl}/my.js`));
}
