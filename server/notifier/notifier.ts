import { type KeyObject, randomUUID } from 'node:crypto';
import type { StoredNotification } from '../store/notifications.js';
import type { Sharing } from '../store/state-store.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { deliver } from './deliver.js';
import { notificationOf } from './notification.js';
import { recordDelivery } from './record-delivery.js';

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
  /** The name of a tenant → the timer for its next due notification. */
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #ready: ReadyNotification[] = [];
  /** Ids of notifications that are not to be taken: their change is not stored yet, or they are ready, in flight or not yet recorded. */
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
    tenants.watchers.listen((tenant, event) => {
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
    this.#clearTimer(tenant.name);
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
      this.#setTimer(tenant.name, nextDueAt - now);
    }
    this.#sendReady();
  }

  /** The timer does not hold the tenant, which may be dropped long before. */
  #setTimer(name: string, delayMs: number): void {
    const act = () => {
      this.#timers.delete(name);
      const tenant = this.#tenants.find(name);
      if (tenant !== undefined) this.#sendDue(tenant);
    };
    this.#timers.set(name, setTimeout(act, Math.min(delayMs, maxTimerMs)).unref());
  }

  #clearTimer(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
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
    // A reset drops the tenant's notifications.
    if (this.#tenants.isCurrent(tenant)) await this.#send(tenant, notification);
    this.#taken.delete(notification.notificationId);
    const crowded = [...this.#crowded];
    this.#crowded.clear();
    for (const waiting of crowded) this.#sendDue(waiting);
    this.#sendDue(this.#tenants.find(tenant.name) ?? tenant);
    this.#sendReady();
  }

  #countInFlight(origin: string, change: 1 | -1): void {
    const count = (this.#inFlight.get(origin) ?? 0) + change;
    if (count === 0) this.#inFlight.delete(origin);
    else this.#inFlight.set(origin, count);
  }

  async #send(tenant: Tenant, notification: StoredNotification): Promise<void> {
    const origin = originOf(notification);
    const { signal } = this.#closing;
    this.#countInFlight(origin, 1);
    const startedAt = performance.now();
    const delivery = await deliver(tenant, notification, this.#privateKey, signal);
    const durationMs = performance.now() - startedAt;
    this.#countInFlight(origin, -1);
    this.#sendReady();
    if (!signal.aborted) await recordDelivery(this.#tenants, tenant, notification, delivery, durationMs, signal);
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

function originOf({ url }: StoredNotification): string {
  return new URL(url).origin;
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
