import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languages, sayIn } from '../../pages/catalogues.js';
import { sendPage } from '../../pages/render.js';
import { sendUnknownPage } from '../../pages/unknown-page.js';
import { consoleModel } from '../console-model.js';
import { type Document, documentFolder, documentNames, findDocument, listDocuments } from './documents.js';
import { llmsFull, llmsIndex } from './llms-text.js';
import { type RenderedDocument, renderMarkdown } from './render-markdown.js';
import { searchDocuments } from './search-documents.js';
import { createMessageSearch, type MessageSearch } from './search-messages.js';

/** It is made at the first search, because it reads all documents. */
let search: MessageSearch | undefined;

/** The documents of the package as pages, in the language of the console. */
export async function docsPages(app: FastifyInstance): Promise<void> {
  app.get('/docs', sendDocuments);
  // Without a name, /docs/ is the page /docs with a slash too much.
  app.get('/docs/:name(^.+$)', sendDocument);
  app.get('/docs/images/:lang/:file', sendImage);
  // Assistants read these two, and the documents as they are: /docs/<name>.md.
  app.get('/llms.txt', async ({ base }, reply) =>
    sendText(
      reply,
      'plain',
      llmsIndex(({ name }) => `${base}/docs/${name}.md`),
    ),
  );
  app.get('/llms-full.txt', async (_request, reply) => sendText(reply, 'plain', llmsFull()));
}

function sendText(reply: FastifyReply, kind: 'plain' | 'markdown', text: string): string {
  reply.type(`text/${kind}; charset=utf-8`);
  return text;
}

async function sendDocuments(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const model = consoleModel(request);
  const documents = listDocuments(model.lang);
  const query = String((request.query as { q?: unknown }).q ?? '').trim();
  const list = documents.map(({ name, title, lang }) => ({ name, title, lang }));
  if (query === '') return sendPage(reply, 'documents', { ...model, documents: list });
  search ??= createMessageSearch(Object.fromEntries(languages.map((lang) => [lang, listDocuments(lang)])));
  const messages = search(query, model.lang);
  const found = searchDocuments(documents, query).filter(({ id }) => !messages.some((message) => message.id === id));
  const isNothing = messages.length + found.length === 0;
  return sendPage(reply, 'documents', { ...model, documents: list, query, isSearch: true, messages, found, isNothing });
}

async function sendDocument(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const model = consoleModel(request);
  const { lang } = model;
  const { name } = request.params as { name: string };
  const isText = name.endsWith('.md');
  const document = findDocument(basename(name, '.md'), lang);
  if (document === undefined) return sendUnknownPage(request, reply, request.tenant, request.prefix);
  if (isText) return sendText(reply, 'markdown', document.text);
  const { html, contents } = await render(document, lang);
  return sendPage(reply, 'document', { ...model, title: document.title, language: document.lang, html, contents });
}

/** The documents that were shown, as HTML. */
const rendered = new WeakMap<Document, Promise<RenderedDocument>>();

/** @param lang the language of the page */
function render(document: Document, lang: string): Promise<RenderedDocument> {
  const known =
    rendered.get(document) ??
    renderMarkdown(document.text, { addressOf: documentAddress, tableLabel: sayIn(lang, 'guides.table') });
  rendered.set(document, known);
  return known;
}

/** The address of an emulator as the documents have it. The emulator that shows them may have another one. */
const documentedUrl = 'http://127.0.0.1:4010';

/**
 * The address of a link in a document. A link to a page of the emulator leads to this emulator. On GitHub, a link to another document is the path of its file.
 * @returns an address that is relative to /docs/, so that it is right for every tenant, or undefined for files that are not served, such
 * as the sources
 */
function documentAddress(link: string): string | undefined {
  if (`${link}/`.startsWith(`${documentedUrl}/`)) return `..${link.slice(documentedUrl.length) || '/'}`;
  if (/^(https?:\/\/|#)/.test(link)) return link;
  const [folder, lang, image] = link.split('/').slice(-3);
  if (folder === 'images') return `images/${lang}/${image}`;
  const [path = '', heading] = link.split('#');
  const [name = '', ...extensions] = basename(path).split('.');
  if (extensions.at(-1) !== 'md' || !documentNames.includes(name)) return undefined;
  return heading === undefined ? name : `${name}#${heading}`;
}

/** Sends a picture of the guides. */
async function sendImage(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { lang, file } = request.params as { lang: string; file: string };
  const folder = join(documentFolder, 'images', lang);
  if (!/^[a-z]{2}$/.test(lang) || !/^[\w-]{1,64}\.\w{1,5}$/.test(file) || !existsSync(join(folder, file)))
    return sendUnknownPage(request, reply, request.tenant, request.prefix);
  return reply.header('cache-control', 'no-cache').sendFile(file, folder);
}
