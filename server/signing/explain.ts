import { rightContents } from './candidates.js';
import type { SignatureMistake } from './mistake.js';
import { openSignature } from './open-signature.js';
import type { OpenedSignature } from './opened-signature.js';
import { minSignatureBytes } from './placeholder.js';
import { type Reading, readingsOf } from './readings.js';
import { searchContent } from './search.js';
import type { UnverifiedCall } from './unverified-call.js';

/** The lengths of RSA signatures, in bytes. A signature of another length was damaged on its way. */
const rsaBytes = [128, 192, 256, 384, 512, 768, 1024];

/**
 * Finds out what a signer did wrong. First the signature is opened with the client's public key, which shows whether the key is right
 * and which hash was signed. Then the contents that people sign by mistake are hashed, until one has this hash.
 *
 * @returns one mistake or more
 */
export async function explainSignature(call: UnverifiedCall): Promise<SignatureMistake[]> {
  const readings = readingsOf(call.signature);
  for (const reading of readings) {
    const opened = openSignature(reading.bytes, call.publicKey);
    if (opened !== undefined) return explainContent(call, reading, opened);
  }
  return [explainKey(call, readings)];
}

/** The key is right. Is it the encoding, the hash, or the content? */
async function explainContent(call: UnverifiedCall, reading: Reading, opened: OpenedSignature): Promise<SignatureMistake[]> {
  const known = [reading.mistake, opened.mistake].filter((mistake) => mistake !== undefined);
  if (known.length > 0 && rightContents(call).some((content) => opened.covers(content))) return known;
  const earlier = call.hints.findEarlierCall(reading.bytes);
  if (earlier !== undefined) {
    const message = `this is the signature of an earlier call (${earlier}): sign each call anew, with its own time and body`;
    return [{ code: 'previous-call', message }];
  }
  const { mistakes, incomplete } = await searchContent(call, opened);
  if (mistakes !== undefined) return [...known, ...mistakes];
  const why = incomplete === undefined ? 'no common mistake explains the difference' : incomplete;
  const message = `your key is right, and it signed something else: ${why}; compare what you sign with the content to sign, byte by byte`;
  return [...known, { code: 'content-unknown', message }];
}

/** The client's key did not make the signature. Whose did? */
function explainKey(call: UnverifiedCall, readings: readonly Reading[]): SignatureMistake {
  const { publicKey, hints } = call;
  const [first] = readings;
  if (first === undefined) {
    return {
      code: 'not-base64',
      message: 'the signature is not Base64: expected it percent-encoded, plain, or as base64url without padding',
    };
  }
  if (publicKey.equals(hints.platformKey)) {
    return {
      code: 'platform-key',
      message: "the publicKey of the client is the platform's own: register the public half of the key that you sign with",
    };
  }
  const rights = rightContents(call);
  const isOf = (key: UnverifiedCall['publicKey']) =>
    readings.some(({ bytes }) => {
      const opened = openSignature(bytes, key);
      return opened !== undefined && (opened.certain || rights.some((content) => opened.covers(content)));
    });
  if (isOf(hints.platformKey)) {
    return { code: 'platform-key', message: "it was signed with the platform's key: sign with the client's own private key" };
  }
  const owner = hints.otherKeys.find(({ key }) => isOf(key))?.owner;
  if (owner !== undefined) {
    const message = `it was signed with the key of ${owner}, and not with the one whose public half is registered for the client`;
    return { code: 'wrong-key', message };
  }
  return explainLength(first.bytes.length, publicKey.asymmetricKeyDetails?.modulusLength);
}

function explainLength(bytes: number, modulusBits = 0): SignatureMistake {
  const expected = modulusBits / 8;
  if (bytes !== expected && bytes >= minSignatureBytes && !rsaBytes.includes(bytes)) {
    return {
      code: 'damaged-signature',
      message: `the signature has ${bytes} bytes, which no RSA key gives, and should have ${expected}: it was cut or changed after it was made`,
    };
  }
  const message =
    bytes === expected
      ? 'the private key does not match the publicKey that is registered for the client'
      : `the signature has ${bytes} bytes, and a signature by the registered key has ${expected}: sign with RSA, and with the key that matches the registered publicKey`;
  return { code: 'wrong-key', message };
}
