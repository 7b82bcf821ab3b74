import type { Frame, Locator } from '@playwright/test';

/** The elements of a consent screen that is shown. */
export class ConsentScreen {
  /** The frame of the wallet's sheet over the mini program, or the main frame of a page that shows only the screen. */
  readonly frame: Frame;
  readonly root: Locator;
  /** The mini program's name. */
  readonly app: Locator;
  /** The button that opens the list of accounts. Its value is the userId of who consents. */
  readonly user: Locator;
  readonly allow: Locator;
  readonly deny: Locator;
  readonly close: Locator;

  constructor(frame: Frame) {
    this.frame = frame;
    this.root = this.#part('consent');
    this.app = this.#part('consent-app');
    this.user = this.#part('consent-user');
    this.allow = this.#part('consent-allow');
    this.deny = this.#part('consent-deny');
    this.close = this.#part('consent-close');
  }

  /** An account in the list. */
  account(userId: string): Locator {
    return this.frame.locator(`[name="chosenUser"][value=${JSON.stringify(userId)}]`);
  }

  /** A requested scope: a checkbox, if the wallet lets the user choose. */
  scope(name: string): Locator {
    return this.#part(`scope-${name}`);
  }

  /** By the attribute itself, because a project may choose another attribute for getByTestId. */
  #part(name: string): Locator {
    return this.frame.locator(`[data-testid="${name}"]`);
  }
}
