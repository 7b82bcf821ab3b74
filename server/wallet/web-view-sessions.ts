import type { Tenant } from '../tenants/tenant.js';

/** Over this many bytes of waiting messages, those of the session that has waited longest are dropped. */
const maxWaitingBytes = 16 * 1024 * 1024;

type Listener = (message: string) => void;

/** The messages for one half of a session: the page's, or the native code's. */
interface Inbox {
  listeners: Set<Listener>;
  /** Messages that nobody has listened to yet. */
  waiting: string[];
  /** The tenant that they belong to. After a reset it is another one, and the messages of the old one are dropped. */
  tenant: WeakRef<Tenant>;
}

/**
 * Passes messages between a page in a web-view and the mini program's native code. Whoever knows the name of a session can read it.
 * Messages are never stored on disk.
 */
export class WebViewSessions {
  /** Those that have waited longest come first. */
  readonly #inboxes = new Map<string, Inbox>();
  #waitingBytes = 0;

  /**
   * Passes a message on, or stores it until somebody listens.
   * @param half which half of the session the message is for
   */
  post(tenant: Tenant, session: string, half: string, message: string): void {
    const inbox = this.#find(tenant, keyOf(tenant, session, half));
    for (const listener of inbox.listeners) listener(message);
    if (inbox.listeners.size > 0) return;
    inbox.waiting.push(message);
    this.#waitingBytes += message.length;
    this.#makeRoom();
  }

  /**
   * Calls the listener with the messages that wait, and with those that come.
   * @returns a function that removes the listener
   */
  listen(tenant: Tenant, session: string, half: string, listener: Listener): () => void {
    const key = keyOf(tenant, session, half);
    const inbox = this.#find(tenant, key);
    for (const message of this.#empty(inbox)) listener(message);
    inbox.listeners.add(listener);
    return () => {
      inbox.listeners.delete(listener);
      if (inbox.listeners.size === 0 && inbox.waiting.length === 0) this.#inboxes.delete(key);
    };
  }

  #find(tenant: Tenant, key: string): Inbox {
    const found = this.#inboxes.get(key) ?? { listeners: new Set(), waiting: [], tenant: new WeakRef(tenant) };
    if (found.tenant.deref() !== tenant) {
      this.#empty(found);
      found.tenant = new WeakRef(tenant);
    }
    this.#inboxes.set(key, found);
    return found;
  }

  #empty(inbox: Inbox): string[] {
    const messages = inbox.waiting;
    inbox.waiting = [];
    for (const message of messages) this.#waitingBytes -= message.length;
    return messages;
  }

  #makeRoom(): void {
    for (const [key, inbox] of this.#inboxes) {
      if (this.#waitingBytes <= maxWaitingBytes) return;
      this.#empty(inbox);
      if (inbox.listeners.size === 0) this.#inboxes.delete(key);
    }
  }
}

function keyOf({ name }: Tenant, session: string, half: string): string {
  return `${name}/${session}/${half}`;
}
