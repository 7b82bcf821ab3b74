import type { JournalEntry } from '../journal/entry.js';
import { waitText } from '../journal/running-calls.js';
import type { Tenant } from '../tenants/tenant.js';
import { inLanguage } from '../texts/write-text.js';

/** Says what a call waits for. @returns undefined if it does not run */
export function runningModel({ running }: Tenant, { id }: JournalEntry, lang: string) {
  const call = running.get(id);
  return call && { isJournaled: call.isJournaled, text: inLanguage(waitText(call.waitsFor), lang) };
}
