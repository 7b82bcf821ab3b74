import type { FastifyInstance, RouteOptions } from 'fastify';
import Type from 'typebox';
import { brandModel } from '../pages/brand.js';
import { consoleLanguage } from '../pages/console-language.js';
import { headerModel } from '../pages/header-model.js';
import { sendPage } from '../pages/render.js';
import { docsModel } from './docs-model.js';
import { DocumentLanguage } from './document-language.js';
import { createDocument, type DocumentOptions } from './openapi-document.js';
import type { OpenApiDocument } from './openapi-types.js';
import { responses } from './response-schemas.js';
import { translateDocument } from './translate-document.js';

const Document = Type.Object(
  { openapi: Type.String(), info: Type.Unknown(), paths: Type.Unknown() },
  { description: 'An OpenAPI document' },
);
const tags = ['emulator'];

/**
 * Serves the OpenAPI document of the control API, and the same as a page.
 * @param routes all routes of the control API; the list may still grow until the first request
 */
export function describeApi(app: FastifyInstance, routes: readonly RouteOptions[], options: DocumentOptions): void {
  const documents = new Map<string, Promise<OpenApiDocument>>();
  const readDocument: ReadDocument = (lang) => {
    const found = documents.get(lang) ?? (lang === 'en' ? createDocument(routes, options) : translated(readDocument('en'), lang));
    documents.set(lang, found);
    return found;
  };
  addDocumentRoute(app, readDocument);
  addDocsRoute(app, readDocument);
}

/** Reads the document in one of the languages of the pages. */
type ReadDocument = (lang: string) => Promise<OpenApiDocument>;

async function translated(document: Promise<OpenApiDocument>, lang: string): Promise<OpenApiDocument> {
  return translateDocument(await document, lang);
}

function addDocumentRoute(app: FastifyInstance, readDocument: ReadDocument): void {
  const schema = {
    operationId: 'readOpenApi',
    tags,
    summary: 'The OpenAPI document of the control API',
    querystring: DocumentLanguage,
    response: responses(200, Document),
  };
  app.get<{ Querystring: DocumentLanguage }>('/_emulator/openapi.json', { schema }, async ({ base, query: { lang = 'en' } }) => ({
    ...(await readDocument(lang)),
    servers: [{ url: base }],
  }));
}

function addDocsRoute(app: FastifyInstance, readDocument: ReadDocument): void {
  const schema = {
    operationId: 'readDocs',
    tags,
    summary: 'The documentation of the control API as a page',
    produces: ['text/html'],
    response: responses(200, Type.String({ description: 'An HTML page' })),
  };
  app.get('/_emulator/docs', { schema }, async (request, reply) => {
    const { tenant, prefix } = request;
    const { title } = tenant.profile.source;
    const lang = consoleLanguage(request);
    const assets = `${prefix}/assets`;
    return sendPage(reply, 'docs', {
      lang,
      assets,
      base: prefix,
      wallet: { ...brandModel(tenant.profile, assets), title },
      header: headerModel(request, lang),
      docs: docsModel(await readDocument(lang), lang),
    });
  });
}
