import type { JournalEntry } from './entry.js';

/**
 * Returns true if a real platform would refuse a call because of its signature. The emulator accepts it only because the client's
 * signature is optional.
 */
export function isRefusedElsewhere({ signature, findings }: Pick<JournalEntry, 'signature' | 'findings'>): boolean {
  return signature?.mode === 'optional' && (signature.verified === false || findings.includes('unsigned-request'));
}
