import { groupErrors } from '../journal/error-groups.js';
import { gatherFindings } from '../journal/findings.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { errorInWords } from '../pages/error-text.js';
import { callTime } from '../pages/time-model.js';
import type { Tenant } from '../tenants/tenant.js';
import { addressWith } from './call-query.js';

/** The maximum number of calls that a finding lists. The others are behind a link. */
const maxCalls = 10;

/** The mistakes of the integration, the most recently seen first. */
export function findingsModel({ journal, clock }: Tenant, prefix: string, lang: string) {
  const now = clock.now();
  return gatherFindings(journal.list(), lang === 'es' ? 'es' : 'en').map(({ entries, lastSeen, ...finding }) => ({
    ...finding,
    last: callTime(lastSeen, now),
    calls: entries.slice(0, maxCalls).flatMap((id) => {
      const entry = journal.get(id);
      return entry === undefined ? [] : [{ id, operation: entry.operation ?? entry.method, ...callTime(entry.at, now) }];
    }),
    address: addressWith(`${prefix}/journal`, { finding: finding.code }),
  }));
}

/** The failed calls, grouped by operation and result. Each group leads to its calls. */
export function errorsModel({ journal, clock, profile }: Tenant, prefix: string, lang: string) {
  return groupErrors(journal.list()).map(({ operation, resultCode, status, count, lastSeen }) => ({
    operation: operation ?? phrase(catalogue(lang), 'journal.unknownPath'),
    result: resultCode ?? (status === 0 ? '—' : `HTTP ${status}`),
    inWords: errorInWords(profile, { operation, resultCode }, lang),
    count,
    last: callTime(lastSeen, clock.now()),
    address: addressWith(`${prefix}/journal`, { operation, resultCode, status }),
  }));
}
