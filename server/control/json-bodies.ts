import type { FastifyInstance } from 'fastify';
import { depthOf } from '../schemas/depth.js';
import { ControlError, invalid } from './control-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, for the journal. */
    sentBody: string;
  }
}

/** How deep a body may go: what is deeper could be read, and never be written again. */
const deepest = 100;

/** The control API takes JSON and nothing else; where no body is needed, an empty one is as good as none, whatever it says it is. */
export function acceptJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.decorateRequest('sentBody', '');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    request.sentBody = text;
    if (text.trim() === '') done(null, undefined);
    else if (depthOf(text) > deepest) done(invalid(`the body: expected JSON of at most ${deepest} levels`));
    else
      parse(request, text, (error, value) =>
        error ? done(invalid(`the body: expected JSON (${problemIn(text)})`)) : done(null, value),
      );
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    const type = request.headers['content-type'];
    if (body.length === 0) done(null, undefined);
    else
      done(
        new ControlError(
          415,
          'media-type',
          `the header Content-Type ${type ? `is ${type.slice(0, 80)}` : 'is missing'}: expected application/json`,
        ),
      );
  });
}

function problemIn(text: string): string {
  try {
    JSON.parse(text);
    return 'it has a field that would change what all objects are, such as __proto__';
  } catch (error) {
    return (error as Error).message.slice(0, 120);
  }
}
