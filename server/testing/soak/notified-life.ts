import { faro, users } from '../emulator.js';
import type { Caller } from './caller.js';
import type { Inbox, NotifiedMerchant } from './notified-merchant.js';

const root = '/ams/api/v1/authorizations';
/** The machine's time for the last notifications to come, in milliseconds. */
const maxWaitMs = 30_000;
let lives = 0;

/** The life of a tenant whose merchant is notified of codes, tokens and revocations, and often refuses. */
export class NotifiedLife {
  readonly #caller: Caller;
  readonly #merchant: NotifiedMerchant;
  #expected = 0;

  constructor(caller: Caller, merchant: NotifiedMerchant) {
    this.#caller = caller;
    this.#merchant = merchant;
  }

  /** @param isOver ends the life before its steps are done */
  async run(steps: number, isOver: () => boolean): Promise<void> {
    const caller = this.#caller;
    const name = `${caller.tenant}-${++lives}`;
    const { url, inbox } = this.#merchant.openInbox(name);
    this.#expected = 0;
    await caller.control('PUT', 'settings', { wallet: 'alipay-plus' });
    await caller.control('PUT', 'clock', { frozen: true });
    await caller.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: url });
    for (let step = 0; step < steps && !isOver(); step++) await this.#step();
    inbox.acceptsAll = true;
    await this.#deliverAll(inbox);
    await this.#check(inbox);
    await caller.control('POST', 'reset');
    this.#merchant.closeInbox(name);
    caller.tally.add('notified lives');
  }

  async #step(): Promise<void> {
    const { random } = this.#caller;
    const { authCode } = await this.#caller.control('POST', 'auth-codes', { ...faro, userId: users.tomas, scopes: ['USER_ID'] });
    this.#expected++;
    if (random.chance(0.3)) await this.#caller.control('POST', 'clock/advance', { by: random.pick(['PT1M', 'PT10M', 'PT1H']) });
    if (random.chance(0.3)) return;
    const about = { authClientId: faro.clientId, customerBelongsTo: 'ALIPAY_CN', merchantRegion: 'SG' };
    const fields = { ...about, grantType: 'AUTHORIZATION_CODE', authCode };
    const { body, code, text } = await this.#caller.platform(`${root}/applyToken`, fields, { by: 'faro' });
    this.#caller.tally.check(code === 'SUCCESS', () => `${this.#caller.tenant}: an exchange got ${text}`);
    if (code !== 'SUCCESS') return;
    this.#expected++;
    if (random.chance(0.5)) return;
    await this.#caller.control('POST', 'tokens/revoke', { accessToken: body.accessToken });
    this.#expected++;
  }

  /** Moves the clock until each notification is accepted. */
  async #deliverAll(inbox: Inbox): Promise<void> {
    const endsAt = performance.now() + maxWaitMs;
    while (performance.now() < endsAt) {
      if (inbox.accepted.length >= this.#expected && (await this.#journaled('S')) >= this.#expected) return;
      await this.#caller.control('POST', 'clock/advance', { by: 'PT15H' });
    }
  }

  /** Each was accepted once, none was sent again after that, and the journal has each try. */
  async #check(inbox: Inbox): Promise<void> {
    const { tally, tenant } = this.#caller;
    const { accepted, received } = inbox;
    tally.add('notifications', received.length);
    tally.check(
      accepted.length === this.#expected && new Set(accepted).size === accepted.length,
      () => `${tenant}: of ${this.#expected} notifications, ${new Set(accepted).size} were accepted, in ${accepted.length} calls`,
    );
    const done = new Set<string>();
    for (const { body, isAccepted } of received) {
      tally.check(!done.has(body), () => `${tenant}: sent again after it was accepted: ${body}`);
      if (isAccepted) done.add(body);
    }
    const journaled = await this.#journaled();
    tally.check(journaled === received.length, () => `${tenant}: the journal has ${journaled} of ${received.length} tries`);
  }

  async #journaled(status?: string): Promise<number> {
    const { entries } = await this.#caller.control('GET', 'journal?kind=notification&limit=2000');
    const all = entries as { resultStatus: string }[];
    return status === undefined ? all.length : all.filter(({ resultStatus }) => resultStatus === status).length;
  }
}
