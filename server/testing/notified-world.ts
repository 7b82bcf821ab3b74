import type { Emulator } from '../emulator/emulator.js';
import { DialectWorld } from './dialects/dialect-world.js';
import { dialectOf } from './dialects/dialects.js';
import { faro } from './emulator.js';
import { MerchantServer } from './merchant-server.js';

/** A wallet that notifies its merchants, and the server of a merchant. */
export interface NotifiedWorld {
  world: DialectWorld;
  merchant: MerchantServer;
  /** Waits for this many notifications in the journal. @returns them, oldest first */
  // biome-ignore lint/suspicious/noExplicitAny: the journal's
  tries(count: number): Promise<any[]>;
}

/** @param notifyUrl false: the client has no address for notifications */
export async function openNotified(
  emulator: Emulator,
  { notifyUrl = true, wallet = 'alipay-plus' } = {},
): Promise<NotifiedWorld> {
  const world = await DialectWorld.open(emulator, dialectOf(wallet));
  const merchant = await MerchantServer.open();
  if (notifyUrl) await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: `${merchant.url}/notify` });
  const tries: NotifiedWorld['tries'] = async (count) =>
    (await world.control('POST', 'journal/wait', { match: { kind: 'notification' }, count })).entries.toReversed();
  return { world, merchant, tries };
}

/** Causes exactly one notification: a code is issued, and never exchanged. @param next the merchant's answers */
export async function oneNotification(emulator: Emulator, ...next: MerchantServer['next']): Promise<NotifiedWorld> {
  const opened = await openNotified(emulator);
  opened.merchant.next.push(...next);
  await opened.world.code();
  return opened;
}
