import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserContext, type Locator, test } from '@playwright/test';
import type { Wallet } from '../client/wallet.js';
import { ConsentScreen } from './consent-screen.js';

/** Milliseconds between two looks for a screen. */
const glance = 50;

export interface ConsentOptions {
  context: BrowserContext;
  wallet: Wallet;
  /** How long a screen may take to show, or to go away once it is answered: milliseconds. */
  timeout: number;
}

/**
 * The user at the wallet's consent screen, wherever it shows: over a page, over a mini program in a frame, or as a page of its own. Each
 * answer waits for the screen, and returns when it has gone.
 */
export class Consent {
  readonly #context: BrowserContext;
  readonly #wallet: Wallet;
  readonly #timeout: number;

  constructor({ context, wallet, timeout }: ConsentOptions) {
    this.#context = context;
    this.#wallet = wallet;
    this.#timeout = timeout;
  }

  /** Allows what is ticked: all, to begin with. */
  allow(): Promise<void> {
    return this.#step('allow', async () => this.#press((await this.#find()).allow));
  }

  deny(): Promise<void> {
    return this.#step('deny', async () => this.#press((await this.#find()).deny));
  }

  /** Closes the screen without an answer: error 1001. */
  close(): Promise<void> {
    return this.#step('close', async () => this.#press((await this.#find()).close));
  }

  /**
   * Allows these and refuses the others. Silent scopes are not on the screen, and granted anyhow; where none of the others is wanted,
   * that is a refusal.
   * @throws Error for a scope that was not asked for, and for one that the wallet does not let the user refuse
   */
  allowOnly(scopes: readonly string[]): Promise<void> {
    return this.#step(`allowOnly ${scopes.join(', ')}`, async () => {
      const screen = await this.#find();
      const onScreen = await this.#tick(screen, scopes);
      await this.#press(onScreen.some((scope) => scopes.includes(scope)) ? screen.allow : screen.deny);
      if (scopes.every((scope) => onScreen.includes(scope))) return;
      const [call] = await this.#wallet.journal.list({ kind: 'jsapi', limit: 1 });
      const stranger = scopes.find((scope) => call?.scopes !== undefined && !call.scopes.includes(scope));
      if (stranger !== undefined)
        throw new Error(
          `consent.allowOnly: ${stranger} was not asked for; the mini program asked for ${call?.scopes?.join(', ')}`,
        );
    });
  }

  /**
   * Chooses on the screen who is asked, and who stays logged in; before there is a screen, `wallet.settings.change({ user })` does it.
   * A user who decides alone ends the screen.
   */
  as(userId: string): Promise<void> {
    return this.#step(`as ${userId}`, async () => {
      const { frame, user } = await this.#find();
      const users = (await this.#wallet.users.list()).map((known) => known.userId);
      if (!users.includes(userId)) throw new Error(`consent.as: expected one of ${users.join(', ')}, got ${userId}`);
      if ((await user.inputValue()) === userId) return;
      const answered = frame
        .page()
        .waitForEvent('framenavigated', { predicate: (other) => other === frame, timeout: this.#timeout });
      await Promise.all([answered, user.selectOption(userId, { timeout: this.#timeout })]);
    });
  }

  /** Waits for the screen. @throws Error that says how the last call to the wallet ended, where none shows in time */
  screen(): Promise<ConsentScreen> {
    return this.#step('screen', () => this.#find());
  }

  /** Whether a screen shows now. */
  async shown(): Promise<boolean> {
    return (await this.#look()) !== undefined;
  }

  async #find(): Promise<ConsentScreen> {
    for (const until = performance.now() + this.#timeout; performance.now() < until; await wait(glance)) {
      const found = await this.#look();
      if (found !== undefined) return found;
    }
    const [last] = await this.#wallet.journal.list({ kind: 'jsapi', limit: 1 });
    throw new Error(
      `no consent screen showed within ${this.#timeout / 1000} s: ${
        last === undefined
          ? `no mini program has asked the wallet at ${this.#wallet.url} for anything`
          : `the last call, ${last.operation}, ended in ${last.resultCode} (${last.reason})`
      }`,
    );
  }

  async #look(): Promise<ConsentScreen | undefined> {
    for (const page of this.#context.pages().reverse()) {
      for (const frame of page.frames()) {
        if (!URL.canParse(frame.url()) || !new URL(frame.url()).pathname.endsWith('/wallet/consent')) continue;
        const screen = new ConsentScreen(frame);
        // A frame may go away while it is looked at.
        if (await screen.root.isVisible().catch(() => false)) return screen;
      }
    }
    return undefined;
  }

  /** @returns the scopes on the screen */
  async #tick({ frame }: ConsentScreen, wanted: readonly string[]): Promise<string[]> {
    const timeout = this.#timeout;
    const boxes = await frame.locator('input[type="checkbox"][name="scope"]').all();
    if (boxes.length === 0) throw new Error('consent.allowOnly: this wallet lets its users allow all or nothing');
    const scopes: string[] = [];
    for (const box of boxes) {
      const scope = (await box.getAttribute('value', { timeout })) ?? '';
      scopes.push(scope);
      const isWanted = wanted.includes(scope);
      if (await box.isEnabled({ timeout })) await box.setChecked(isWanted, { timeout });
      else if (!isWanted) throw new Error(`consent.allowOnly: this wallet does not let its users refuse ${scope}`);
    }
    return scopes;
  }

  async #press(button: Locator): Promise<void> {
    const timeout = this.#timeout;
    await button.click({ timeout });
    // With the sheet its frame goes, or the whole page with a window that closes.
    await button.waitFor({ state: 'detached', timeout }).catch((error: Error) => {
      if (!/detached|closed/.test(error.message)) throw error;
    });
  }

  #step<Result>(title: string, body: () => Promise<Result>): Promise<Result> {
    return test.step(`consent.${title}`, body, { box: true });
  }
}
