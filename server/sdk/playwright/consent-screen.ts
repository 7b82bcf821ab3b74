import type { Frame, Locator } from '@playwright/test';

/** A consent screen that shows: what is on it, to look at or to press. */
export class ConsentScreen {
  /** What holds it: the wallet's sheet over the mini program, or a page of its own. */
  readonly frame: Frame;
  readonly root: Locator;
  /** The mini program's name. */
  readonly app: Locator;
  /** Who consents: a select of the userIds. */
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

  /** A scope that is asked for: a checkbox, where the wallet allows a choice. */
  scope(name: string): Locator {
    return this.#part(`scope-${name}`);
  }

  /** By the attribute itself: a project may have another one for its own getByTestId. */
  #part(name: string): Locator {
    return this.frame.locator(`[data-testid="${name}"]`);
  }
}
