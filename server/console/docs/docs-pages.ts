import { basename } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sayIn } from '../../pages/catalogues.js';
import { sendPage } from '../../pages/render.js';
import { sendUnknownPage } from '../../pages/unknown-page.js';
import { consoleModel } from '../console-model.js';
import { documentNames, listDocuments, readDocument } from './documents.js';
import { renderMarkdown } from './render-markdown.js';

/** The documents of the package as pages, in the language of the console. */
export async function docsPages(app: FastifyInstance): Promise<void> {
  app.get('/docs', async (request, reply) => {
    const model = consoleModel(request);
    const documents = listDocuments(model.lang).map(({ name, title, lang }) => ({ name, title, lang }));
    return sendPage(reply, 'documents', { ...model, documents });
  });
  app.get('/docs/:name', sendDocument);
}

async function sendDocument(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const model = consoleModel(request);
  const { lang, base } = model;
  const document = readDocument((request.params as { name: string }).name, lang);
  if (document === undefined) return sendUnknownPage(request, reply, request.tenant, request.prefix);
  const { html, contents } = await renderMarkdown(document.text, {
    addressOf: (link) => documentAddress(link, base),
    tableLabel: sayIn(lang, 'guides.table'),
  });
  return sendPage(reply, 'document', { ...model, title: document.title, language: document.lang, html, contents });
}

/**
 * The address of a link in a document. On GitHub, a link to another document is the path of its file.
 * @param base the address of the tenant
 * @returns undefined for files that have no page, such as the sources
 */
function documentAddress(link: string, base: string): string | undefined {
  if (/^(https?:\/\/|#)/.test(link)) return link;
  const [path = '', heading] = link.split('#');
  const [name = '', ...extensions] = basename(path).split('.');
  if (extensions.at(-1) !== 'md' || !documentNames.includes(name)) return undefined;
  return `${base}/docs/${name}${heading === undefined ? '' : `#${heading}`}`;
}
