import { EvictingMap } from './evicting-map.js';
import type { Kind, Persistence } from './persistence.js';

/** A store can tell an ended entry from one that never existed for this long: 30 days of the emulator's time, in milliseconds. */
export const retentionMs = 30 * 24 * 60 * 60 * 1000;
/** The maximum number of entries of each kind in a store, and what is called after a live one was removed to keep it. */
export interface StoreLimit {
  entries: number;
  evictedLive?(): void;
}

/**
 * Creates the map for the entries of one kind.
 * @param endedAt when an entry ends or ended, in milliseconds since the epoch
 * @param removed called with every entry that leaves
 */
export type CreateMap = <Entry extends object>(
  kind: Kind,
  endedAt: (entry: Entry) => number,
  removed?: (entry: Entry) => void,
) => EvictingMap<Entry>;

/** @param now the tenant's time, in milliseconds since the epoch */
export function mapsWith(now: () => number, persistence: Persistence, { entries, evictedLive }: StoreLimit): CreateMap {
  return (kind, endedAt, removed) =>
    new EvictingMap({
      limit: entries,
      ended: (entry) => endedAt(entry) <= now(),
      removable: (entry) => endedAt(entry) + retentionMs <= now(),
      changed: (key, entry) => persistence.changed(kind, key, entry),
      ...(removed && { removed }),
      ...(evictedLive && { evictedLive }),
    });
}
