import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';

/** The parts that a signature covers, besides the body. */
export interface SignedParts {
  method: string;
  path: string;
  clientId: string;
  time: string;
  requestId: string;
}

/** Builds the content to sign. */
export type ContentTemplate = (parts: SignedParts, body: Buffer) => Buffer;

const names = ['method', 'path', 'clientId', 'time', 'requestId', 'body'] as const;

/**
 * Compiles a wallet's content template, such as `{method} {path}\n{clientId}.{time}.{body}`. The body comes last, because it is bytes
 * and not text.
 *
 * @throws TextError if a name is unknown, or if the body is not last
 */
export function compileContent(template: string): ContentTemplate {
  if (!template.endsWith('{body}')) throw new TextError(text('content-without-body', { body: '{body}' }));
  const pieces = template.slice(0, -'{body}'.length).split(/\{(\w+)\}/);
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1 && piece === 'body') throw new TextError(text('content-with-bodies', { body: '{body}' }));
    if (index % 2 === 1 && !names.includes(piece as (typeof names)[number])) {
      throw new TextError(text('content-name-unknown', { name: `{${piece}}`, allowed: names.map((name) => `{${name}}`) }));
    }
  }
  return (parts, body) => {
    let head = '';
    for (let index = 0; index < pieces.length; index++) {
      const piece = pieces[index] as string;
      head += index % 2 === 1 ? parts[piece as keyof SignedParts] : piece;
    }
    return Buffer.concat([Buffer.from(head), body]);
  };
}
