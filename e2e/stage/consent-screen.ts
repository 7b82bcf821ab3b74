import type { FrameLocator, Locator, Page } from '@playwright/test';

/** The consent screen over the page (or frame) that asked. */
export class ConsentScreen {
  /** The sheet's frame over the mini program. */
  readonly sheet: Locator;
  readonly frame: FrameLocator;
  readonly screen: Locator;
  readonly app: Locator;
  readonly heading: Locator;
  readonly user: Locator;
  readonly allow: Locator;
  readonly deny: Locator;
  readonly close: Locator;

  constructor(over: Page | FrameLocator) {
    this.sheet = over.locator('iframe[title="Billetera"]');
    this.frame = this.sheet.contentFrame();
    this.screen = this.frame.getByTestId('consent');
    this.app = this.frame.getByTestId('consent-app');
    this.heading = this.frame.getByRole('heading', { level: 1 });
    this.user = this.frame.getByTestId('consent-user');
    this.allow = this.frame.getByTestId('consent-allow');
    this.deny = this.frame.getByTestId('consent-deny');
    this.close = this.frame.getByTestId('consent-close');
  }

  scope(name: string): Locator {
    return this.frame.getByTestId(`scope-${name}`);
  }

  /** The list of accounts. */
  get chooser(): Locator {
    return this.frame.getByRole('dialog', { name: /^(Elige una cuenta|Choose an account)$/ });
  }

  /** Chooses an account in the list. */
  async choose(userId: string): Promise<void> {
    await this.user.click();
    await this.chooser.locator(`[value="${userId}"]`).click();
  }

  /** The address of the screen, with its ticket. */
  async address(): Promise<string> {
    return (await this.sheet.getAttribute('src')) ?? '';
  }
}
