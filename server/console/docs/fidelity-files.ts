import { join } from 'node:path';
import { packageRoot } from '../../package-root.js';
import { languages } from '../../pages/catalogues.js';
import { Profiles } from '../../profiles/profiles.js';
import { fidelityDocument } from './fidelity-document.js';

/** The generated files about the built-in wallets: path → content. */
export function fidelityFiles(): Record<string, string> {
  const profiles = new Profiles([join(packageRoot, 'fixtures', 'wallets')], () => '');
  const sources = profiles.names().map((name) => profiles.get(name).source);
  const files = languages.map((lang) => [join('docs', fileName(lang)), fidelityDocument(sources, lang)] as const);
  return Object.fromEntries(files);
}

function fileName(lang: string): string {
  return lang === 'en' ? 'fidelity.md' : `fidelity.${lang}.md`;
}
