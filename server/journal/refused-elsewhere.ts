import type { JournalEntry } from './entry.js';

/**
 * Returns true if a real platform would refuse a call because of its signature. The emulator accepts it only because the client's
 * signature is optional. The verdict of a real platform on a recorded call is known.
 */
export function isRefusedElsewhere({
  kind,
  signature,
  findings,
}: Pick<JournalEntry, 'kind' | 'signature' | 'findings'>): boolean {
  return (
    kind !== 'recorded' &&
    signature?.mode === 'optional' &&
    (signature.verified === false || findings.includes('unsigned-request'))
  );
}
