import type { UserRecord } from '../records/schema.js';

/** A user's note in a language, else in English, else in any language it has. */
export function noteInWords({ note }: UserRecord, lang: string): string | null {
  if (note === undefined || typeof note === 'string') return note ?? null;
  return note[lang] ?? note.en ?? Object.values(note)[0] ?? null;
}
