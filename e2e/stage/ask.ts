import { expect, type Page } from '@playwright/test';

/** Has the page call my.getAuthCode; a failure is given like a result. */
export const ask = (page: Page, ...scopes: string[]) =>
  // biome-ignore lint/suspicious/noExplicitAny: either ending
  page.evaluate((scopes): Promise<any> => my.getAuthCode({ scopes }).catch((failure) => failure), scopes);

/** What my.getAuthCode gives where all that was asked is granted. */
export const granted = (...scopes: string[]) => ({
  authCode: expect.stringMatching(/^281011/),
  authSuccessScopes: scopes,
  authErrorScopes: {},
});
