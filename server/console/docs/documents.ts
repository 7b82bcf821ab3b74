import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.js';

const folder = join(packageRoot, 'docs');
const guides = join(folder, 'guides');
/** The language that every document has. */
const mainLanguage = 'en';

/** A document in Markdown that has a page. */
export interface Document {
  name: string;
  /** The language of the text. It is English if the document is not translated. */
  lang: string;
  /** The first heading. */
  title: string;
  text: string;
}

/** The names of all documents, sorted: the guides, and how faithful the wallets are. Other files of `docs` are for contributors. */
export const documentNames: readonly string[] = [...guideNames(), 'fidelity'].sort();

function guideNames(): string[] {
  const files = existsSync(guides) ? readdirSync(join(guides, mainLanguage)) : [];
  return files.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -'.md'.length));
}

/** All documents in a language, by their titles. */
export function listDocuments(lang: string): Document[] {
  const documents = documentNames.flatMap((name) => readDocument(name, lang) ?? []);
  return documents.sort((a, b) => a.title.localeCompare(b.title, lang));
}

/** @returns undefined if there is no such document */
export function readDocument(name: string, lang: string): Document | undefined {
  if (!documentNames.includes(name)) return undefined;
  for (const language of [lang, mainLanguage]) {
    const file = filesOf(name, language).find((path) => existsSync(path));
    if (file === undefined) continue;
    const text = readFileSync(file, 'utf8');
    return { name, lang: language, title: /^# (.+)$/m.exec(text)?.[1] ?? name, text };
  }
  return undefined;
}

function filesOf(name: string, lang: string): string[] {
  return [join(guides, lang, `${name}.md`), join(folder, lang === mainLanguage ? `${name}.md` : `${name}.${lang}.md`)];
}
