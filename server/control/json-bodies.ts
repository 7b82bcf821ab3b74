import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseJson } from '../files/parse-json.js';
import { depthOf } from '../schemas/depth.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { ControlError, invalid } from './control-error.js';
import { patchMediaTypes } from './document-conventions.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent, for the journal. */
    sentBody: string;
  }
}

/** The deepest nesting that is accepted: JSON.stringify overflows the stack on deeper values that JSON.parse still reads. */
const maxDepth = 100;

/**
 * Accepts bodies in JSON only. A PATCH may call it a merge patch. An empty body counts as no body, whatever its Content-Type.
 */
export function acceptJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.decorateRequest('sentBody', '');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(patchMediaTypes, { parseAs: 'string' }, (request, body, done) => {
    const sent = body.toString();
    request.sentBody = sent;
    if (sent.trim() === '') done(null, undefined);
    else if (isMergePatch(request) && request.method !== 'PATCH') done(wrongMediaType(request.headers['content-type']));
    else if (depthOf(sent) > maxDepth) done(invalid(text('request-too-deep', { max: maxDepth })));
    else parse(request, sent, (error, value) => (error ? done(invalid(problemIn(sent))) : done(null, value)));
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(wrongMediaType(request.headers['content-type']));
  });
}

function isMergePatch({ headers }: FastifyRequest): boolean {
  return /^application\/merge-patch\+json/i.test(headers['content-type'] ?? '');
}

/** 415. */
export function wrongMediaType(type: string | undefined): ControlError {
  const problem = type ? text('request-media-type', { type: type.slice(0, 80) }) : text('request-media-type-missing');
  return new ControlError(415, 'media-type', problem);
}

function problemIn(body: string): Text {
  try {
    parseJson(body);
    return text('request-prototype');
  } catch (error) {
    return text('body-not-json', { problem: textOf(error) });
  }
}
