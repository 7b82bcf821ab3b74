import type { KeyObject } from 'node:crypto';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { type Text, text } from '../texts/text.js';
import { type Delivery, deliver } from './deliver.js';
import { type Notification, notificationOf } from './notification.js';

const minute = 60_000;
/** The delay after each failed try, in milliseconds of the emulator's time. After the last one, the notifier gives up. */
const retryDelaysMs = [minute, 2 * minute, 10 * minute, 30 * minute, 60 * minute, 6 * 60 * minute, 15 * 60 * minute];
/** Scheduled notifications per tenant. Over it, the oldest is dropped. */
const maxScheduled = 1000;
/** Notifications that are due and not yet sent, of all tenants. Over it, the oldest is dropped. */
const maxReady = 1000;
const maxInFlight = 16;
/** Smaller than maxInFlight, so that a merchant that hangs does not block the others. */
const maxInFlightPerOrigin = 4;
/** setTimeout fires at once for a longer delay. */
const maxTimerMs = 2 ** 31 - 1;

interface ScheduledNotification {
  notification: Notification;
  /** Failed tries so far. */
  tries: number;
  /** Milliseconds since the epoch, by the tenant's clock. */
  dueAt: number;
}

/**
 * Tells merchants about events, by signed calls, and retries until the merchant answers S. Retries are due by the emulator's clock,
 * so a test that advances the clock sends them.
 */
export class Notifier {
  readonly #tenants: Tenants;
  readonly #privateKey: KeyObject;
  readonly #scheduled = new WeakMap<Tenant, Set<ScheduledNotification>>();
  /** A timer per tenant, for its next due notification. */
  readonly #timers = new Map<Tenant, NodeJS.Timeout>();
  readonly #ready: { tenant: Tenant; scheduled: ScheduledNotification }[] = [];
  /** Origin → number of deliveries in flight to it. */
  readonly #inFlight = new Map<string, number>();
  readonly #closing = new AbortController();

  constructor(tenants: Tenants, privateKey: KeyObject, baseUrl: () => string) {
    this.#tenants = tenants;
    this.#privateKey = privateKey;
    tenants.listen((tenant, event) => {
      const notification = notificationOf(tenant, event, baseUrl);
      if (notification !== undefined) this.#schedule(tenant, { notification, tries: 0, dueAt: tenant.clock.now() });
    });
  }

  /** Aborts deliveries in flight. Nothing is sent any more. */
  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #schedule(tenant: Tenant, scheduled: ScheduledNotification): void {
    let all = this.#scheduled.get(tenant);
    if (all === undefined) {
      all = new Set();
      this.#scheduled.set(tenant, all);
      tenant.clock.listen(() => this.#sendDue(tenant));
    }
    all.add(scheduled);
    if (all.size > maxScheduled) all.delete(all.values().next().value as ScheduledNotification);
    this.#sendDue(tenant);
  }

  #sendDue(tenant: Tenant): void {
    const all = this.#scheduled.get(tenant);
    if (all === undefined || this.#closing.signal.aborted || !this.#tenants.isCurrent(tenant)) return;
    clearTimeout(this.#timers.get(tenant));
    this.#timers.delete(tenant);
    const now = tenant.clock.now();
    let nextDueAt = Number.POSITIVE_INFINITY;
    for (const scheduled of all) {
      if (scheduled.dueAt > now) {
        nextDueAt = Math.min(nextDueAt, scheduled.dueAt);
        continue;
      }
      all.delete(scheduled);
      this.#ready.push({ tenant, scheduled });
      if (this.#ready.length > maxReady) this.#ready.shift();
    }
    if (nextDueAt !== Number.POSITIVE_INFINITY && !tenant.clock.frozen) {
      this.#timers.set(tenant, setTimeout(() => this.#sendDue(tenant), Math.min(nextDueAt - now, maxTimerMs)).unref());
    }
    this.#sendReady();
  }

  #sendReady(): void {
    while (!this.#closing.signal.aborted && sum(this.#inFlight.values()) < maxInFlight) {
      const index = this.#ready.findIndex(
        ({ scheduled }) => (this.#inFlight.get(originOf(scheduled)) ?? 0) < maxInFlightPerOrigin,
      );
      const [next] = index < 0 ? [] : this.#ready.splice(index, 1);
      if (next === undefined) return;
      // A reset drops the tenant's notifications.
      if (!this.#tenants.isCurrent(next.tenant)) continue;
      this.#countInFlight(originOf(next.scheduled), 1);
      void this.#send(next.tenant, next.scheduled).finally(() => {
        this.#countInFlight(originOf(next.scheduled), -1);
        this.#sendReady();
      });
    }
  }

  #countInFlight(origin: string, change: 1 | -1): void {
    const count = (this.#inFlight.get(origin) ?? 0) + change;
    if (count === 0) this.#inFlight.delete(origin);
    else this.#inFlight.set(origin, count);
  }

  async #send(tenant: Tenant, { notification, tries: failedTries }: ScheduledNotification): Promise<void> {
    const startedAt = performance.now();
    const delivery = await deliver(tenant, notification, this.#privateKey, this.#closing.signal);
    if (this.#closing.signal.aborted) return;
    const retryDelayMs = delivery.accepted ? undefined : retryDelaysMs[failedTries];
    const tries = failedTries + 1;
    const reason = tryText(tries, delivery, retryDelayMs);
    addEntry(tenant, notification, delivery, reason, performance.now() - startedAt);
    if (retryDelayMs !== undefined) this.#schedule(tenant, { notification, tries, dueAt: tenant.clock.now() + retryDelayMs });
  }
}

function originOf({ notification }: ScheduledNotification): string {
  return new URL(notification.url).origin;
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
  { name, clientId, appId, userId, authorizationId, url, body, secrets }: Notification,
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
