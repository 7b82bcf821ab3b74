import { type KeyObject, randomUUID } from 'node:crypto';
import type { StoredNotification } from '../store/notifications.js';
import type { Sharing } from '../store/state-store.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { type Text, text } from '../texts/text.js';
import { type Delivery, deliver } from './deliver.js';
import { notificationOf } from './notification.js';

const minute = 60_000;
/** The delay after each failed try, in milliseconds of the emulator's time. After the last one, the notifier gives up. */
const retryDelaysMs = [minute, 2 * minute, 10 * minute, 30 * minute, 60 * minute, 6 * 60 * minute, 15 * 60 * minute];
/** Notifications per tenant that are not delivered. Over it, the oldest is dropped. */
const maxScheduled = 1000;
/** Notifications that are due and not yet sent, of all tenants. The others wait in their tenants. */
const maxReady = 1000;
const maxInFlight = 16;
/** Smaller than maxInFlight, so that a merchant that hangs does not block the others. */
const maxInFlightPerOrigin = 4;
/** Emulators that share the state look for notifications of killed ones at this interval, in milliseconds of the machine's time. */
const takeOverMs = 1000;
/** setTimeout fires at once for a longer delay. */
const maxTimerMs = 2 ** 31 - 1;

interface ReadyNotification {
  tenant: Tenant;
  notification: StoredNotification;
}

/**
 * Tells merchants about events, by signed calls, and retries until the merchant answers S. Retries are due by the emulator's clock,
 * so a test that advances the clock sends them. A notification is stored together with the change that it tells, and stays until it is
 * delivered: one that a stop or a kill interrupted is sent again.
 */
export class Notifier {
  readonly #tenants: Tenants;
  readonly #privateKey: KeyObject;
  /** Tenants whose clock sends what is due. */
  readonly #watched = new WeakSet<Tenant>();
  /** A timer per tenant, for its next due notification. */
  readonly #timers = new Map<Tenant, NodeJS.Timeout>();
  readonly #ready: ReadyNotification[] = [];
  /** Ids of notifications that are not to be taken: their change is not stored yet, or they are ready or in flight. */
  readonly #taken = new Set<string>();
  /** Tenants with due notifications that found no place among the ready ones. */
  readonly #crowded = new Set<Tenant>();
  /** Origin → number of deliveries in flight to it. */
  readonly #inFlight = new Map<string, number>();
  readonly #closing = new AbortController();
  #takeOverTimer: NodeJS.Timeout | undefined;

  constructor(tenants: Tenants, privateKey: KeyObject, baseUrl: () => string) {
    this.#tenants = tenants;
    this.#privateKey = privateKey;
    tenants.listen((tenant, event) => {
      const notification = notificationOf(tenant, event, baseUrl);
      if (notification === undefined) return;
      void this.#schedule(tenant, {
        ...notification,
        notificationId: randomUUID(),
        tries: 0,
        dueAt: tenant.clock.now(),
        ...(tenants.sharing && { sender: tenants.sharing.emulatorId }),
      });
    });
  }

  /** Sends what is left of an earlier run, and of emulators that were killed. Call it when the tenants are loaded. */
  resume(): void {
    const { sharing } = this.#tenants;
    if (sharing !== undefined)
      this.#takeOverTimer = setInterval(() => void this.#takeOver(sharing).catch(() => {}), takeOverMs).unref();
    for (const tenant of this.#tenants.all()) if (tenant.store.notifications.size > 0) this.#sendDue(tenant);
  }

  /** Aborts deliveries in flight. Nothing is sent any more. */
  close(): void {
    this.#closing.abort();
    clearInterval(this.#takeOverTimer);
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** Stores a notification with the change that it tells. A merchant is told only what is stored. */
  async #schedule(tenant: Tenant, notification: StoredNotification): Promise<void> {
    const { notifications } = tenant.store;
    const { notificationId } = notification;
    this.#taken.add(notificationId);
    notifications.add(notification);
    if (notifications.size > maxScheduled) notifications.removeOldest();
    try {
      await tenant.settled();
    } catch {
      notifications.remove(notificationId);
    }
    this.#taken.delete(notificationId);
    this.#sendDue(tenant);
  }

  #sendDue(tenant: Tenant): void {
    if (this.#closing.signal.aborted || !this.#tenants.isCurrent(tenant)) return;
    this.#watch(tenant);
    clearTimeout(this.#timers.get(tenant));
    this.#timers.delete(tenant);
    const now = tenant.clock.now();
    let nextDueAt = Number.POSITIVE_INFINITY;
    for (const notification of tenant.store.notifications.all()) {
      if (this.#taken.has(notification.notificationId) || notification.sender !== this.#tenants.sharing?.emulatorId) continue;
      if (notification.dueAt > now) nextDueAt = Math.min(nextDueAt, notification.dueAt);
      else if (this.#ready.length >= maxReady) this.#crowded.add(tenant);
      else {
        this.#taken.add(notification.notificationId);
        this.#ready.push({ tenant, notification });
      }
    }
    if (nextDueAt !== Number.POSITIVE_INFINITY && !tenant.clock.frozen) {
      this.#timers.set(tenant, setTimeout(() => this.#sendDue(tenant), Math.min(nextDueAt - now, maxTimerMs)).unref());
    }
    this.#sendReady();
  }

  #watch(tenant: Tenant): void {
    if (this.#watched.has(tenant)) return;
    this.#watched.add(tenant);
    tenant.clock.listen(() => this.#sendDue(tenant));
  }

  #sendReady(): void {
    while (!this.#closing.signal.aborted && sum(this.#inFlight.values()) < maxInFlight) {
      const index = this.#ready.findIndex(
        ({ notification }) => (this.#inFlight.get(originOf(notification)) ?? 0) < maxInFlightPerOrigin,
      );
      const [next] = index < 0 ? [] : this.#ready.splice(index, 1);
      if (next === undefined) return;
      void this.#sendOne(next);
    }
  }

  async #sendOne({ tenant, notification }: ReadyNotification): Promise<void> {
    const origin = originOf(notification);
    this.#countInFlight(origin, 1);
    // A reset drops the tenant's notifications.
    if (this.#tenants.isCurrent(tenant))
      await this.#send(tenant, notification).catch(() => {
        // The store does not answer: it is sent again.
      });
    this.#taken.delete(notification.notificationId);
    this.#countInFlight(origin, -1);
    const crowded = [...this.#crowded];
    this.#crowded.clear();
    for (const waiting of crowded) this.#sendDue(waiting);
    this.#sendDue(tenant);
    this.#sendReady();
  }

  #countInFlight(origin: string, change: 1 | -1): void {
    const count = (this.#inFlight.get(origin) ?? 0) + change;
    if (count === 0) this.#inFlight.delete(origin);
    else this.#inFlight.set(origin, count);
  }

  async #send(tenant: Tenant, notification: StoredNotification): Promise<void> {
    const startedAt = performance.now();
    const delivery = await deliver(tenant, notification, this.#privateKey, this.#closing.signal);
    if (this.#closing.signal.aborted) return;
    const durationMs = performance.now() - startedAt;
    const turn = await this.#tenants.sharing?.enter(tenant.name);
    // Another emulator may have reset the tenant, or replaced it by a snapshot.
    const current = turn === undefined ? tenant : this.#tenants.find(tenant.name);
    if (current !== undefined) noteDelivery(current, notification, delivery, durationMs);
    turn?.end();
  }

  /** Takes over the notifications of emulators that were killed. */
  async #takeOver(sharing: Sharing): Promise<void> {
    const { emulatorId: own } = sharing;
    for (const found of this.#tenants.all()) {
      const { name, store } = found;
      if (store.notifications.size > 0) this.#sendDue(found);
      const senders = new Set(store.notifications.all().map(({ sender }) => sender));
      for (const sender of senders) {
        if (sender === undefined || sender === own || (await sharing.isRunning(sender))) continue;
        const turn = await sharing.enter(name);
        const tenant = this.#tenants.find(name);
        for (const { notificationId, ...left } of tenant?.store.notifications.all() ?? [])
          if (left.sender === sender) tenant?.store.notifications.change(notificationId, { sender: own });
        turn?.end();
        await tenant?.settled();
        if (tenant !== undefined) this.#sendDue(tenant);
      }
    }
  }
}

/** Removes a notification that was delivered, or schedules its next try. */
function noteDelivery(tenant: Tenant, notification: StoredNotification, delivery: Delivery, durationMs: number): void {
  const { notifications } = tenant.store;
  const { notificationId } = notification;
  const retryDelayMs = delivery.accepted ? undefined : retryDelaysMs[notification.tries];
  const tries = notification.tries + 1;
  if (retryDelayMs === undefined) notifications.remove(notificationId);
  else notifications.change(notificationId, { tries, dueAt: tenant.clock.now() + retryDelayMs });
  addEntry(tenant, notification, delivery, tryText(tries, delivery, retryDelayMs), durationMs);
}

function originOf({ url }: StoredNotification): string {
  return new URL(url).origin;
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

function tryText(tries: number, { accepted, reason: result }: Delivery, retryDelayMs: number | undefined): Text {
  if (accepted) return text('try-accepted', { tries, result });
  if (retryDelayMs === undefined) return text('try-failed-last', { tries, result });
  return text('try-failed', { tries, result, minutes: retryDelayMs / minute });
}

function addEntry(
  tenant: Tenant,
  { name, clientId, appId, userId, authorizationId, url, body, secrets }: StoredNotification,
  delivery: Delivery,
  reason: Text,
  durationMs: number,
): void {
  tenant.journal.add({
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
    reason,
    durationMs,
    signature: { mode: tenant.clients.get(clientId)?.signature ?? 'optional', verified: delivery.verified, mistakes: [] },
    request: { headers: delivery.requestHeaders, body },
    response: delivery.response,
    secrets,
  });
}
