import type { EngineEvent } from '../engine/events.js';
import type { JournalEntry } from '../journal/entry.js';
import type { RunningChange } from '../journal/running-calls.js';
import type { Tenant } from './tenant.js';

/** Is called with the events of every tenant, as they happen: before they are stored. */
export type TenantListener = (tenant: Tenant, event: EngineEvent) => void;

/** Is told of the calls of every tenant. */
export interface CallWatcher {
  /** A journal has a new entry. */
  added(tenant: Tenant, entry: JournalEntry): void;
  /** A journal was emptied. */
  emptied(tenant: Tenant): void;
  /** A call has begun to wait for something, or has ended. */
  ran(tenant: Tenant, change: RunningChange): void;
}

/** Those who follow all tenants, also tenants that do not exist yet. */
export class TenantWatchers {
  readonly #listeners = new Set<TenantListener>();
  readonly #watchers = new Set<CallWatcher>();

  listen(listener: TenantListener): void {
    this.#listeners.add(listener);
  }

  /** @returns a function that stops it */
  watchCalls(watcher: CallWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  tell(tenant: Tenant, event: EngineEvent): void {
    for (const listener of this.#listeners) listener(tenant, event);
  }

  /** @param entry the new entry; undefined: the journal was emptied */
  journalChanged(tenant: Tenant, entry: JournalEntry | undefined): void {
    for (const watcher of this.#watchers)
      if (entry === undefined) watcher.emptied(tenant);
      else watcher.added(tenant, entry);
  }

  ran(tenant: Tenant, change: RunningChange): void {
    for (const watcher of this.#watchers) watcher.ran(tenant, change);
  }
}
