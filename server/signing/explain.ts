import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import { attempts, type UnverifiedCall } from './attempts.js';
import { decodeSignature } from './encodings.js';
import { verifyContent } from './rsa.js';

/** One mistake of a signer. */
export interface SignatureMistake {
  code: SignatureMistakeCode;
  message: string;
}

const encodedTwice: SignatureMistake = {
  code: 'double-encoded',
  message: 'the signature is right, but it was encoded twice: encode the raw bytes once',
};

const notExamined: SignatureMistake = {
  code: 'wrong-key',
  message:
    'too many calls fail at the same time to examine this one; a likely cause is a private key that does not match the registered publicKey: send the call to POST /_emulator/signatures/explain',
};

const unexplained: SignatureMistake = {
  code: 'wrong-key',
  message: 'no common mistake in the content explains it; most likely the private key does not match the registered publicKey',
};

/**
 * Finds out what a signer did wrong. It tries the contents that people sign by mistake, until one verifies. This takes up to some
 * dozens of verifications, so call it only for a signature that does not verify.
 */
export function explainSignature(call: UnverifiedCall): Promise<SignatureMistake[]> {
  if (waiting >= maxWaiting) return Promise.resolve([notExamined]);
  waiting++;
  const explained = last.then(() => explain(call)).finally(() => waiting--);
  last = explained.catch(() => {});
  return explained;
}

/** Calls are explained one after another, so that calls with a right signature do not wait for dozens of verifications. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
/** At most this many calls wait to be explained. Further ones are not examined. */
const maxWaiting = 200;

async function explain(call: UnverifiedCall): Promise<SignatureMistake[]> {
  const right = call.template(call.parts, call.body);
  const bytes = decodeSignature(call.signature);
  if (bytes === undefined) {
    const percentTwice = decodeSignature(call.signature.replaceAll('%25', '%'));
    if (percentTwice !== undefined && (await verifyContent(right, percentTwice, call.publicKey))) return [encodedTwice];
    return [
      {
        code: 'not-base64',
        message: 'the signature is not Base64: expected it percent-encoded, plain, or as base64url without padding',
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
      return [{ code: 'wrong-key', message: `the content is right, but it was signed with the key of ${owner}` }];
  }
  const expected = call.publicKey.asymmetricKeyDetails?.modulusLength;
  if (expected !== undefined && bytes.length !== expected / 8) {
    return [
      {
        code: 'wrong-key',
        message: `the signature has ${bytes.length} bytes, and a signature by the registered key has ${expected / 8}: sign with RSA, and with the key that matches the registered publicKey`,
      },
    ];
  }
  return [unexplained];
}

function decodeTwice(bytes: Buffer): Buffer | undefined {
  const text = bytes.toString('latin1');
  return /^[\x20-\x7e]+$/.test(text) ? decodeSignature(text) : undefined;
}
