import type { KeyObject } from 'node:crypto';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { type Delivery, deliver } from './deliver.js';
import { type Notification, notificationOf } from './notification.js';

const minute = 60_000;
/** How long after each try the next one is due, in milliseconds of the emulator's time. After the last there is none. */
const waits = [minute, 2 * minute, 10 * minute, 30 * minute, 60 * minute, 6 * 60 * minute, 15 * 60 * minute];
/** How many notifications a tenant holds back at the most, and how many are ready to be sent; over it the oldest is given up. */
const mostWaiting = 1000;
/** How many are on their way at once; and to one address, so that a merchant who hangs does not keep others waiting. */
const mostUnderway = 16;
const mostUnderwayToOne = 4;

interface Waiting {
  notification: Notification;
  tries: number;
  /** Milliseconds since the epoch, by the tenant's clock. */
  dueAt: number;
}

/**
 * Merchants who wait: what happens in the platform is told to them by signed calls, again with growing waits until they say S. The
 * next try is due by the emulator's clock, so that advancing it sends it.
 */
export class Notifier {
  readonly #tenants: Tenants;
  readonly #privateKey: KeyObject;
  readonly #waiting = new WeakMap<Tenant, Set<Waiting>>();
  readonly #timers = new Map<Tenant, NodeJS.Timeout>();
  readonly #ready: { tenant: Tenant; waiting: Waiting }[] = [];
  /** Address → how many are on their way to it. */
  readonly #underway = new Map<string, number>();
  readonly #closing = new AbortController();

  constructor(tenants: Tenants, privateKey: KeyObject, baseUrl: () => string) {
    this.#tenants = tenants;
    this.#privateKey = privateKey;
    tenants.listen((tenant, event) => {
      const notification = notificationOf(tenant, event, baseUrl);
      if (notification !== undefined) this.#hold(tenant, { notification, tries: 0, dueAt: tenant.clock.now() });
    });
  }

  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #hold(tenant: Tenant, waiting: Waiting): void {
    let held = this.#waiting.get(tenant);
    if (held === undefined) {
      held = new Set();
      this.#waiting.set(tenant, held);
      tenant.clock.listen(() => this.#sendDue(tenant));
    }
    held.add(waiting);
    if (held.size > mostWaiting) held.delete(held.values().next().value as Waiting);
    this.#sendDue(tenant);
  }

  #sendDue(tenant: Tenant): void {
    const held = this.#waiting.get(tenant);
    if (held === undefined || this.#closing.signal.aborted || !this.#tenants.isCurrent(tenant)) return;
    clearTimeout(this.#timers.get(tenant));
    this.#timers.delete(tenant);
    const now = tenant.clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const waiting of held) {
      if (waiting.dueAt > now) {
        next = Math.min(next, waiting.dueAt);
        continue;
      }
      held.delete(waiting);
      this.#ready.push({ tenant, waiting });
      if (this.#ready.length > mostWaiting) this.#ready.shift();
    }
    if (next !== Number.POSITIVE_INFINITY && !tenant.clock.frozen) {
      this.#timers.set(tenant, setTimeout(() => this.#sendDue(tenant), Math.min(next - now, 2 ** 31 - 1)).unref());
    }
    this.#sendReady();
  }

  #sendReady(): void {
    while (!this.#closing.signal.aborted && sum(this.#underway.values()) < mostUnderway) {
      const index = this.#ready.findIndex(({ waiting }) => (this.#underway.get(addressOf(waiting)) ?? 0) < mostUnderwayToOne);
      const [ready] = index < 0 ? [] : this.#ready.splice(index, 1);
      if (ready === undefined) return;
      this.#count(addressOf(ready.waiting), 1);
      void this.#try(ready.tenant, ready.waiting).finally(() => {
        this.#count(addressOf(ready.waiting), -1);
        this.#sendReady();
      });
    }
  }

  #count(address: string, by: 1 | -1): void {
    const count = (this.#underway.get(address) ?? 0) + by;
    if (count === 0) this.#underway.delete(address);
    else this.#underway.set(address, count);
  }

  async #try(tenant: Tenant, waiting: Waiting): Promise<void> {
    const began = performance.now();
    const delivery = await deliver(tenant, waiting.notification, this.#privateKey, this.#closing.signal);
    if (this.#closing.signal.aborted) return;
    const wait = delivery.accepted ? undefined : waits[waiting.tries];
    const tries = waiting.tries + 1;
    addEntry(
      tenant,
      waiting.notification,
      delivery,
      `try ${tries}: ${delivery.reason}${nextStep(delivery, wait)}`,
      performance.now() - began,
    );
    if (wait !== undefined) this.#hold(tenant, { ...waiting, tries, dueAt: tenant.clock.now() + wait });
  }
}

function addressOf({ notification }: Waiting): string {
  return new URL(notification.url).origin;
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

function nextStep({ accepted }: Delivery, wait: number | undefined): string {
  if (accepted) return '';
  return wait === undefined ? '; it was the last' : `; the next is due in ${wait / minute} min of the emulator's time`;
}

function addEntry(
  tenant: Tenant,
  { name, clientId, appId, userId, url, body, secrets }: Notification,
  delivery: Delivery,
  reason: string,
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
    status: delivery.status,
    resultStatus: delivery.accepted ? 'S' : 'F',
    reason,
    durationMs,
    signature: { mode: tenant.clients.get(clientId)?.signature ?? 'optional', verified: delivery.verified, mistakes: [] },
    request: { headers: delivery.request, body },
    response: delivery.response,
    secrets,
  });
}
