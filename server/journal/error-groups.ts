import type { JournalEntry } from './entry.js';

/** The failed calls of one operation with one result. */
export interface ErrorGroup {
  operation?: string;
  resultCode?: string;
  /** The HTTP status, if the calls have no result code. */
  status?: number;
  count: number;
  /** Milliseconds since the epoch, by the emulator's clock. */
  lastSeen: number;
}

/** Groups the calls that did not succeed by operation and result, the most frequent group first. @param entries newest first */
export function groupErrors(entries: Iterable<JournalEntry>): ErrorGroup[] {
  const groups = new Map<string, ErrorGroup>();
  for (const { operation, resultStatus, resultCode, status, at } of entries) {
    const failed = resultStatus === undefined ? status === 0 || status >= 400 : resultStatus === 'F' || resultStatus === 'U';
    if (!failed) continue;
    const key = JSON.stringify([operation, resultCode ?? status]);
    const group = groups.get(key);
    if (group !== undefined) group.count++;
    else
      groups.set(key, {
        ...(operation !== undefined && { operation }),
        ...(resultCode === undefined ? { status } : { resultCode }),
        count: 1,
        lastSeen: at,
      });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}
