import type { FastifyInstance } from 'fastify';
import { depthOf } from '../schemas/depth.js';
import { ControlError, invalid } from './control-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent, for the journal. */
    sentBody: string;
  }
}

/** The deepest nesting that is accepted: JSON.stringify overflows the stack on deeper values that JSON.parse still reads. */
const maxDepth = 100;

/** Accepts bodies in JSON only. An empty body counts as no body, whatever its Content-Type. */
export function acceptJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.decorateRequest('sentBody', '');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    request.sentBody = text;
    if (text.trim() === '') done(null, undefined);
    else if (depthOf(text) > maxDepth) done(invalid(`the body is nested too deeply; the limit is ${maxDepth} levels`));
    else parse(request, text, (error, value) => (error ? done(invalid(problemIn(text))) : done(null, value)));
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(wrongMediaType(request.headers['content-type']));
  });
}

/** 415. */
export function wrongMediaType(type: string | undefined): ControlError {
  const problem = type ? `is ${type.slice(0, 80)}` : 'is missing';
  return new ControlError(415, 'media-type', `the header Content-Type ${problem}; use application/json`);
}

function problemIn(text: string): string {
  try {
    JSON.parse(text);
    return 'the body is not accepted: it has a field such as __proto__, which would change the prototype of objects';
  } catch (error) {
    return `the body is not JSON: ${(error as Error).message.slice(0, 120)}`;
  }
}
