import { setTimeout as wait } from 'node:timers/promises';
import type { StoredNotification } from '../store/notifications.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { type Text, text } from '../texts/text.js';
import type { Delivery } from './deliver.js';

const minute = 60_000;
/** The delay after each failed try, in milliseconds of the emulator's time. After the last one, the notifier gives up. */
const retryDelaysMs = [minute, 2 * minute, 10 * minute, 30 * minute, 60 * minute, 6 * 60 * minute, 15 * 60 * minute];
/** The pauses between two tries to store a result grow from the first to the longest, in milliseconds of the machine's time. */
const firstPauseMs = 100;
const longestPauseMs = 5000;

/** A try to deliver a notification, and what follows from it. */
interface Try {
  notification: StoredNotification;
  delivery: Delivery;
  durationMs: number;
  /** Tries so far, with this one. */
  tries: number;
  /** Milliseconds of the emulator's time until the next try; undefined after the last one. */
  retryDelayMs: number | undefined;
}

/**
 * Stores the result of a delivery, then adds it to the journal. If the store refuses it, only this is tried again: a merchant that has
 * the notification must not get it twice.
 *
 * @param stop ends the tries to store it
 */
export async function recordDelivery(
  tenants: Tenants,
  tenant: Tenant,
  notification: StoredNotification,
  delivery: Delivery,
  durationMs: number,
  stop: AbortSignal,
): Promise<void> {
  const retryDelayMs = delivery.accepted ? undefined : retryDelaysMs[notification.tries];
  const made: Try = { notification, delivery, durationMs, tries: notification.tries + 1, retryDelayMs };
  const result = new DeliveryResult(tenants, tenant, made);
  for (let pauseMs = firstPauseMs; !stop.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      addEntry(await result.store(), made);
      return;
    } catch {
      await wait(pauseMs, undefined, { ref: false, signal: stop }).catch(() => {});
    }
  }
}

/** The result of a delivery, as its tenant stores it. */
class DeliveryResult {
  readonly #tenants: Tenants;
  readonly #tenant: Tenant;
  readonly #try: Try;
  readonly #dueAt: number;
  /** True if it was written. The answer of the store may have been lost. */
  #isWritten = false;

  constructor(tenants: Tenants, tenant: Tenant, made: Try) {
    this.#tenants = tenants;
    this.#tenant = tenant;
    this.#try = made;
    this.#dueAt = tenant.clock.now() + (made.retryDelayMs ?? 0);
  }

  /**
   * Removes a notification that was delivered, or schedules its next try.
   * @returns the tenant that has the result; undefined if the notification was dropped meanwhile
   * @throws StorageError
   */
  async store(): Promise<Tenant | undefined> {
    const { sharing } = this.#tenants;
    const turn = await sharing?.enter(this.#tenant.name);
    // The tenant may have been reset, or replaced by a snapshot. A copy of what other emulators changed is the same tenant.
    const current =
      sharing === undefined && !this.#tenants.isCurrent(this.#tenant) ? undefined : this.#tenants.find(this.#tenant.name);
    if (current !== undefined) this.#change(current);
    turn?.end();
    await current?.settled();
    return this.#isWritten || sharing === undefined ? current : undefined;
  }

  #change({ store: { notifications } }: Tenant): void {
    const { notification, tries, retryDelayMs } = this.#try;
    const { notificationId } = notification;
    const stored = notifications.get(notificationId);
    if (stored === undefined) return;
    if (retryDelayMs === undefined) notifications.remove(notificationId);
    else if (stored.tries < tries) notifications.change(notificationId, { tries, dueAt: this.#dueAt });
    this.#isWritten = true;
  }
}

function tryText({ tries, delivery: { accepted, reason: result }, retryDelayMs }: Try): Text {
  if (accepted) return text('try-accepted', { tries, result });
  if (retryDelayMs === undefined) return text('try-failed-last', { tries, result });
  return text('try-failed', { tries, result, minutes: retryDelayMs / minute });
}

function addEntry(tenant: Tenant | undefined, made: Try): void {
  const { notification, delivery, durationMs } = made;
  const { name, clientId, appId, userId, authorizationId, url, body, secrets } = notification;
  tenant?.journal.add({
    kind: 'notification',
    at: tenant.clock.now(),
    operation: name,
    method: 'POST',
    path: url,
    clientId,
    appId,
    userId,
    authorizationId,
    status: delivery.status,
    resultStatus: delivery.accepted ? 'S' : 'F',
    reason: tryText(made),
    durationMs,
    signature: { mode: tenant.clients.get(clientId)?.signature ?? 'optional', verified: delivery.verified, mistakes: [] },
    request: { headers: delivery.requestHeaders, body },
    response: delivery.response,
    secrets,
  });
}
