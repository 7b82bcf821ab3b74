import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../../package-root.js';

export const documentFolder = join(packageRoot, 'docs');
const guides = join(documentFolder, 'guides');
/** The language that every document has. */
const mainLanguage = 'en';
/** The documents that a newcomer reads first, in this order. The others follow by their titles. */
const firstDocuments = [
  'get-started',
  'mini-program',
  'backend',
  'tests',
  'ci',
  'containers',
  'refusals',
  'signatures',
  'scenarios',
  'time',
  'tenants',
  'fixtures',
  'wallets',
  'record-and-compare',
  'control-api',
  'options',
  'network',
  'team',
  'troubleshooting',
  'messages',
  'upgrade',
  'fidelity',
];

/** A document in Markdown that has a page. */
export interface Document {
  name: string;
  /** The language of the text. It is English if the document is not translated. */
  lang: string;
  /** The first heading. */
  title: string;
  text: string;
}

/** Documents in `docs` that are for people who change the emulator. */
const forContributors = ['architecture', 'benchmark'];

/** The names of all documents: the guides, and the files beside them. */
export const documentNames: readonly string[] = [
  ...namesIn(join(guides, mainLanguage)),
  // Names with a second dot are translations.
  ...namesIn(documentFolder).filter((name) => !name.includes('.') && !forContributors.includes(name)),
];

function namesIn(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -'.md'.length));
}

/** The file that a code block comes from. It is in the repository and not in the package, so a reader does not see it. */
const snippetFile = /^(```\w+) docs\/snippets\/\S+$/gm;

/** Language → its documents. They are read once: `npm run dev` starts again if one changes. */
const documentsIn = new Map<string, readonly Document[]>();

/** All documents in a language, in the order in which they are listed. */
export function listDocuments(lang: string): readonly Document[] {
  const documents = documentsIn.get(lang) ?? readDocuments(lang);
  documentsIn.set(lang, documents);
  return documents;
}

/** @returns undefined if there is no such document */
export function findDocument(name: string, lang: string): Document | undefined {
  return listDocuments(lang).find((document) => document.name === name);
}

function readDocuments(lang: string): Document[] {
  const documents = documentNames.flatMap((name) => readDocument(name, lang) ?? []);
  const place = ({ name }: Document) => (firstDocuments.includes(name) ? firstDocuments.indexOf(name) : firstDocuments.length);
  return documents.sort((a, b) => place(a) - place(b) || a.title.localeCompare(b.title, lang));
}

function readDocument(name: string, lang: string): Document | undefined {
  for (const language of [lang, mainLanguage]) {
    const file = filesOf(name, language).find((path) => existsSync(path));
    if (file === undefined) continue;
    const text = readFileSync(file, 'utf8').replace(snippetFile, '$1');
    return { name, lang: language, title: /^# (.+)$/m.exec(text)?.[1] ?? name, text };
  }
  return undefined;
}

function filesOf(name: string, lang: string): string[] {
  return [join(guides, lang, `${name}.md`), join(documentFolder, lang === mainLanguage ? `${name}.md` : `${name}.${lang}.md`)];
}

/** The path of a document's file in the package. */
export function documentPath({ name, lang }: Document): string {
  const file = filesOf(name, lang).find((path) => existsSync(path)) as string;
  return relative(packageRoot, file).replaceAll('\\', '/');
}
