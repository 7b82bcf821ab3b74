import type { CreateMap } from './create-map.js';
import type { EvictingMap } from './evicting-map.js';

/** A message for a merchant that is not delivered yet. */
export interface StoredNotification {
  notificationId: string;
  /** The event's name, such as `token-created`. */
  name: string;
  clientId: string;
  appId?: string;
  userId: string;
  /** The authorization that the event belongs to. */
  authorizationId?: string;
  /** The address to send it to. */
  url: string;
  body: string;
  /** Codes and tokens in the body. */
  secrets: readonly string[];
  /** Failed tries so far. */
  tries: number;
  /** The time of the next try, in milliseconds since the epoch, by the tenant's clock. */
  dueAt: number;
  /** The emulator that sends it, if several emulators share the store. */
  sender?: string;
}

/** A tenant's notifications that are not delivered yet, in the order of their events. */
export class Notifications {
  readonly #notifications: EvictingMap<StoredNotification>;

  constructor(createMap: CreateMap) {
    this.#notifications = createMap<StoredNotification>('notifications', () => Number.POSITIVE_INFINITY);
  }

  /** Adds a notification that is stored already. */
  restore(notificationId: string, notification: StoredNotification): void {
    this.#notifications.restore(notificationId, notification);
  }

  get size(): number {
    return this.#notifications.size;
  }

  get(notificationId: string): StoredNotification | undefined {
    return this.#notifications.get(notificationId);
  }

  all(): StoredNotification[] {
    return [...this.#notifications.values()];
  }

  add(notification: StoredNotification): void {
    this.#notifications.add(notification.notificationId, notification);
  }

  removeOldest(): void {
    const [oldest] = this.#notifications.keys();
    if (oldest !== undefined) this.#notifications.remove(oldest);
  }

  change(notificationId: string, changes: Partial<Pick<StoredNotification, 'tries' | 'dueAt' | 'sender'>>): void {
    this.#notifications.change(notificationId, changes);
  }

  /** @returns false if there is none with this id */
  remove(notificationId: string): boolean {
    return this.#notifications.remove(notificationId);
  }
}
