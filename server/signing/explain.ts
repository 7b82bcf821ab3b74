import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import { attempts, type UnverifiedCall } from './attempts.js';
import { decodeSignature } from './encodings.js';
import { verifyContent } from './rsa.js';

/** One thing that a signer did otherwise than the protocol says. */
export interface SignatureMistake {
  code: SignatureMistakeCode;
  message: string;
}

const encodedTwice: SignatureMistake = {
  code: 'double-encoded',
  message: 'the signature is right, but was encoded twice: encode the raw bytes once',
};

const notLookedInto: SignatureMistake = {
  code: 'wrong-key',
  message:
    'too many calls fail at once to say why: perhaps another private key was used than the one whose public half is registered; POST /_emulator/signatures/explain tells',
};

const unexplained: SignatureMistake = {
  code: 'wrong-key',
  message:
    'no common mistake in the content explains it: most likely another private key was used than the one whose public half is registered',
};

/**
 * Finds out what a signer did wrong, by trying what people get wrong: each attempt is a content that would have verified.
 * It costs up to a few dozen verifications, and so is for refusals alone.
 */
export function explainSignature(call: UnverifiedCall): Promise<SignatureMistake[]> {
  if (waiting >= mostWaiting) return Promise.resolve([notLookedInto]);
  waiting++;
  const explained = last.then(() => explain(call)).finally(() => waiting--);
  last = explained.catch(() => {});
  return explained;
}

/** One after another: each takes dozens of verifications, and calls that verify must not wait for them. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
/** How many may wait for their turn; who comes on top of them is not looked into. */
const mostWaiting = 200;

async function explain(call: UnverifiedCall): Promise<SignatureMistake[]> {
  const right = call.template(call.parts, call.body);
  const bytes = decodeSignature(call.signature);
  if (bytes === undefined) {
    const percentTwice = decodeSignature(call.signature.replaceAll('%25', '%'));
    if (percentTwice !== undefined && (await verifyContent(right, percentTwice, call.publicKey))) return [encodedTwice];
    return [
      {
        code: 'not-base64',
        message: 'the signature is not Base64 in any of its three ways (percent-encoded, plain, base64url without padding)',
      },
    ];
  }
  for (const attempt of attempts(call)) {
    if (await verifyContent(attempt.content, bytes, call.publicKey)) return [{ code: attempt.code, message: attempt.message }];
  }
  const twice = decodeTwice(bytes);
  if (twice !== undefined && (await verifyContent(right, twice, call.publicKey))) return [encodedTwice];
  for (const { owner, key } of call.otherKeys) {
    if (await verifyContent(right, bytes, key))
      return [{ code: 'wrong-key', message: `the content is right, but was signed with the key of ${owner}` }];
  }
  const expected = call.publicKey.asymmetricKeyDetails?.modulusLength;
  if (expected !== undefined && bytes.length !== expected / 8) {
    return [
      {
        code: 'wrong-key',
        message: `the signature has ${bytes.length} bytes, and one by the registered key has ${expected / 8}: it was made with another key, or is no RSA signature`,
      },
    ];
  }
  return [unexplained];
}

function decodeTwice(bytes: Buffer): Buffer | undefined {
  const text = bytes.toString('latin1');
  return /^[\x20-\x7e]+$/.test(text) ? decodeSignature(text) : undefined;
}
