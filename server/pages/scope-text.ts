import type { Profile } from '../profiles/profile.js';
import { catalogue, phrase } from './catalogues.js';

/** A scope's title in a language: the profile's, else the locale's, else its name. */
export function scopeTitle({ source }: Profile, scope: string, lang: string): string {
  const words = source.scopes[scope]?.words;
  return (words?.[lang] ?? words?.en)?.title ?? phrase(catalogue(lang), `scopes.${scope}.title`) ?? scope;
}
