import type { UserRecord } from '../records/schema.js';

/** What a user is good for, in a page's language; in English, else in any, where the note does not speak it. */
export function noteInWords({ note }: UserRecord, lang: string): string | null {
  if (note === undefined || typeof note === 'string') return note ?? null;
  return note[lang] ?? note.en ?? Object.values(note)[0] ?? null;
}
