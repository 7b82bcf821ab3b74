import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserContext, type Locator, test } from '@playwright/test';
import type { Wallet } from '../client/wallet.js';
import { ConsentScreen } from './consent-screen.js';

const pollIntervalMs = 50;

export interface ConsentOptions {
  context: BrowserContext;
  wallet: Wallet;
  /** A screen must show, or go away after the answer, within this time (milliseconds). */
  timeout: number;
}

/**
 * The user at the wallet's consent screen. The screen may be over a page, over a mini program in a frame, or a page by itself.
 * Each answer waits until the screen shows, and returns when it has gone.
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

  /** Allows the ticked scopes. At first, all of them are ticked. */
  allow(): Promise<void> {
    return this.#step('allow', async () => this.#press((await this.#find()).allow));
  }

  deny(): Promise<void> {
    return this.#step('deny', async () => this.#press((await this.#find()).deny));
  }

  /** Closes the screen without an answer. The call fails with error 1001. */
  close(): Promise<void> {
    return this.#step('close', async () => this.#press((await this.#find()).close));
  }

  /**
   * Allows these scopes and refuses the others. Silent scopes are not on the screen and are granted anyway. If no scope on the
   * screen is wanted, the user refuses.
   * @throws Error if a scope was not requested, or if the wallet does not let the user refuse one
   */
  allowOnly(scopes: readonly string[]): Promise<void> {
    return this.#step(`allowOnly ${scopes.join(', ')}`, async () => {
      const screen = await this.#find();
      const onScreen = await this.#tick(screen, scopes);
      await this.#press(onScreen.some((scope) => scopes.includes(scope)) ? screen.allow : screen.deny);
      if (scopes.every((scope) => onScreen.includes(scope))) return;
      const [call] = await this.#wallet.journal.list({ kind: 'jsapi', limit: 1 });
      const unrequested = scopes.find((scope) => call?.scopes !== undefined && !call.scopes.includes(scope));
      if (unrequested !== undefined)
        throw new Error(
          `consent.allowOnly: ${unrequested} was not asked for; the mini program asked for ${call?.scopes?.join(', ')}`,
        );
    });
  }

  /**
   * Chooses the user on the screen, who then stays logged in. Before there is a screen, use `wallet.settings.change({ user })`.
   * If the user decides alone, the screen goes away.
   * @throws Error if there is no such user
   */
  as(userId: string): Promise<void> {
    return this.#step(`as ${userId}`, async () => {
      const timeout = this.#timeout;
      const screen = await this.#find();
      const users = (await this.#wallet.users.list()).map((known) => known.userId);
      if (!users.includes(userId)) throw new Error(`consent.as: expected one of ${users.join(', ')}, got ${userId}`);
      if ((await screen.user.inputValue({ timeout })) === userId) return;
      await screen.user.click({ timeout });
      await screen.account(userId).click({ timeout });
      const changed = await this.#until(async () => {
        const shown = await this.#look();
        if (shown === undefined) return true;
        const value = await shown.user.inputValue({ timeout }).catch(() => undefined);
        return value === userId || undefined;
      });
      if (changed === undefined) throw new Error(`consent.as: the screen did not change to ${userId} within ${timeout / 1000} s`);
    });
  }

  /** Waits for the screen. @throws Error if none shows in time; the message says how the last call to the wallet ended */
  screen(): Promise<ConsentScreen> {
    return this.#step('screen', () => this.#find());
  }

  /** True if a screen shows now. */
  async shown(): Promise<boolean> {
    return (await this.#look()) !== undefined;
  }

  /** Asks again and again, until there is an answer. @returns undefined if there is none in time */
  async #until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
    for (const until = performance.now() + this.#timeout; performance.now() < until; await wait(pollIntervalMs)) {
      const answer = await ask();
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  async #find(): Promise<ConsentScreen> {
    const found = await this.#until(() => this.#look());
    if (found !== undefined) return found;
    const [last] = await this.#wallet.journal.list({ kind: 'jsapi', limit: 1 });
    throw new Error(
      `no consent screen showed within ${this.#timeout / 1000} s: ${
        last === undefined
          ? `no mini program has called the wallet at ${this.#wallet.url}`
          : `the last call, ${last.operation}, ended in ${last.resultCode} (${last.reason})`
      }`,
    );
  }

  async #look(): Promise<ConsentScreen | undefined> {
    for (const page of this.#context.pages().reverse()) {
      for (const frame of page.frames()) {
        if (!URL.canParse(frame.url()) || !new URL(frame.url()).pathname.endsWith('/wallet/consent')) continue;
        const screen = new ConsentScreen(frame);
        // The frame may go away in the meantime.
        if (await screen.root.isVisible().catch(() => false)) return screen;
      }
    }
    return undefined;
  }

  /** @returns the scopes on the screen */
  async #tick({ frame }: ConsentScreen, wanted: readonly string[]): Promise<string[]> {
    const timeout = this.#timeout;
    const boxes = await frame.locator('input[type="checkbox"][name="scope"]').all();
    if (boxes.length === 0) throw new Error('consent.allowOnly: this wallet lets its users allow only all scopes or none');
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
    // The button goes away with its frame, or with the whole page.
    await button.waitFor({ state: 'detached', timeout }).catch((error: Error) => {
      if (!/detached|closed/.test(error.message)) throw error;
    });
  }

  #step<Result>(title: string, body: () => Promise<Result>): Promise<Result> {
    return test.step(`consent.${title}`, body, { box: true });
  }
}
