import type { FindingCode } from '../engine/finding-codes.js';
import { inEveryLanguage } from '../texts/write-text.js';
import type { JournalEntry } from './entry.js';
import { withFindings } from './findings.js';

/** Selects entries. An entry matches if it matches every field that is given. */
export interface EntryFilter {
  /** A text in the path, the operation, the codes, the traceparent, the reason or a body. Upper and lower case do not matter. */
  q?: string;
  kind?: string;
  operation?: string;
  resultCode?: string;
  resultStatus?: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scenario?: string;
  authorizationId?: string;
  finding?: FindingCode;
  status?: number;
  /** Milliseconds since the epoch: entries from then on. */
  since?: number;
}

/** Counts the fields of a filter that an entry does not match. `findings` are all findings of the entry. */
export type Mismatches = (entry: JournalEntry, findings: readonly FindingCode[]) => number;

/** Compiles a filter into a function that counts the fields that an entry does not match. */
export function compileFilter({ since, q, finding, ...wanted }: EntryFilter): Mismatches {
  const fields = Object.entries(wanted).filter(([, value]) => value !== undefined) as [keyof typeof wanted, unknown][];
  const hasText = q === undefined || q.trim() === '' ? undefined : textSearch(q.trim());
  return (entry, findings) => {
    let count = since !== undefined && entry.at < since ? 1 : 0;
    for (const [field, value] of fields) if (entry[field] !== value) count++;
    if (finding !== undefined && !findings.includes(finding)) count++;
    if (hasText !== undefined && !hasText(entry)) count++;
    return count;
  };
}

/** Compiles a filter into a function that says if a new entry matches. */
export function entryMatcher(filter: EntryFilter): (entry: JournalEntry) => boolean {
  const mismatches = compileFilter(filter);
  return (entry) => mismatches(entry, findingsOfNew(entry)) === 0;
}

/** The findings of an entry when it is added. No later call can have used its scopes yet. */
export function findingsOfNew(entry: JournalEntry): readonly FindingCode[] {
  for (const [, findings] of withFindings([entry])) return findings;
  return [];
}

function textSearch(text: string): (entry: JournalEntry) => boolean {
  // A regular expression compares without regard to case, and does not copy the bodies.
  const wanted = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i');
  return ({ path, operation = '', resultCode = '', traceparent = '', findings, reason, request, response }) =>
    [path, operation, resultCode, traceparent, ...findings, ...inEveryLanguage(reason), request.body, response.body].some(
      (part) => wanted.test(part),
    );
}
