import type { LibraryScenario } from '../scenarios/library.js';
import { catalogue, phrase } from './catalogues.js';

/** A library scenario in a language: its title, what it does, and what a good integration does then. */
export function libraryInWords({ name }: LibraryScenario, lang = 'en'): { title: string; does: string; expect: string } {
  const words = catalogue(lang);
  const say = (part: string) => phrase(words, `library.${name}.${part}`) ?? name;
  return { title: say('title'), does: say('does'), expect: say('expect') };
}
