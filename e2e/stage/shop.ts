import { type APIRequestContext, type APIResponse, expect, type Locator, type Page } from '@playwright/test';

/** The merchant's answer to the mini program. */
export interface MerchantAnswer {
  ok: boolean;
  resultCode?: string;
  session?: string;
  profile?: Record<string, unknown>;
}

/** The page of the sample mini program, Café Aurora. */
export class Shop {
  readonly #page: Page;
  readonly #address: string;
  readonly greeting: Locator;
  readonly avatar: Locator;
  /** The addresses of all wallet screens that were opened. */
  readonly screens: string[] = [];

  constructor(page: Page, address: string) {
    this.#page = page;
    this.#address = address;
    this.greeting = page.getByTestId('greeting');
    this.avatar = page.locator('#avatar');
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.method() === 'GET' && request.url().includes('/wallet/consent')) {
        this.screens.push(request.url());
      }
    });
  }

  async open(): Promise<void> {
    await this.#page.goto(this.#address);
  }

  async press(button: 'login-silent' | 'login-name' | 'login-contact' | 'profile' | 'refresh' | 'logout'): Promise<void> {
    await this.#page.getByTestId(button).click();
  }

  /** The result of my.getAuthCode in the mini program. */
  // biome-ignore lint/suspicious/noExplicitAny: a page gets it without types
  async callback(): Promise<any> {
    const result = this.#page.getByTestId('result');
    await expect(result).toHaveAttribute('data-callback', /./);
    return JSON.parse((await result.getAttribute('data-callback')) ?? '');
  }

  /** Logs in, and sends the same authCode to the merchant's server a second time. */
  async reuseAuthCode(request: APIRequestContext, merchantUrl: string): Promise<APIResponse> {
    await this.open();
    await this.press('login-silent');
    await expect(this.greeting).toHaveText('¡Hola!');
    const { authCode } = await this.callback();
    return request.post(`${merchantUrl}/login`, { data: { authCode } });
  }

  /** The last response of the merchant's server. */
  async merchant(): Promise<MerchantAnswer> {
    const result = this.#page.getByTestId('result');
    await expect(result).toHaveAttribute('data-from', 'merchant');
    return JSON.parse((await result.textContent()) ?? '');
  }
}
