import { compileContent } from '../signing/content.js';
import { encodings } from '../signing/encodings.js';
import { text } from '../texts/text.js';
import type { Lesson } from './lesson.js';

export const learnSignatureEncoding: Lesson<'signature-encoding'> = (source, { platform }) => {
  const encoding = encodings.find((known) => known === platform);
  if (encoding === undefined) return text('unlearned-encoding', { encoding: platform });
  // The emulator answers in the encoding of the request, and the profile's own one is for requests without a signature.
  if (source.signature.encoding === encoding) return text('unlearned-answer-encoding', { encoding });
  source.signature.encoding = encoding;
  return undefined;
};

export const learnSignatureAlgorithm: Lesson<'signature-algorithm'> = (source, { platform, emulator }) => {
  // The difference is in the hash of the signature itself, and not in its name.
  if (emulator !== source.signature.algorithm) return text('unlearned-hash', { hash: platform });
  if (!/^[\w./+-]+$/.test(platform)) return text('unlearned-algorithm', { algorithm: platform });
  source.signature.algorithm = platform;
  return undefined;
};

export const learnSignatureContent: Lesson<'signature-content'> = (source, { platform, place }) => {
  compileContent(platform);
  source.signature[place === 'request' ? 'request' : 'response'] = platform;
  return undefined;
};
