import type { JournalEntry } from './entry.js';

/** Returns true for a call of a merchant's server: the emulator answered it, or sent it on to a platform. */
export function isMerchantCall({ kind }: Pick<JournalEntry, 'kind'>): boolean {
  return kind === 'openapi' || kind === 'recorded';
}
