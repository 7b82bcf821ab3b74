import { expect, type Page } from '@playwright/test';

/** Calls my.getAuthCode in the page. @returns the result, or the failure */
export const ask = (page: Page, ...scopes: string[]) =>
  // biome-ignore lint/suspicious/noExplicitAny: either ending
  page.evaluate((scopes): Promise<any> => my.getAuthCode({ scopes }).catch((failure) => failure), scopes);

/** The result of my.getAuthCode if all scopes are granted. */
export const granted = (...scopes: string[]) => ({
  authCode: expect.stringMatching(/^281011/),
  authSuccessScopes: scopes,
  authErrorScopes: {},
});
