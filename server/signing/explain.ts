import { text } from '../texts/text.js';
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
    const message = text('earlier-signature', { call: earlier });
    return [{ code: 'previous-call', message }];
  }
  const { mistakes, incomplete } = await searchContent(call, opened);
  if (mistakes !== undefined) return [...known, ...mistakes];
  const why = incomplete === undefined ? text('nothing-explains') : incomplete;
  const message = text('something-else-signed', { why });
  return [...known, { code: 'content-unknown', message }];
}

/** The client's key did not make the signature. Whose did? */
function explainKey(call: UnverifiedCall, readings: readonly Reading[]): SignatureMistake {
  const { publicKey, hints } = call;
  const [first] = readings;
  if (first === undefined) {
    return {
      code: 'not-base64',
      message: text('signature-not-base64'),
    };
  }
  if (publicKey.equals(hints.platformKey)) {
    return {
      code: 'platform-key',
      message: text('platform-key-registered'),
    };
  }
  const rights = rightContents(call);
  const isOf = (key: UnverifiedCall['publicKey']) =>
    readings.some(({ bytes }) => {
      const opened = openSignature(bytes, key);
      return opened !== undefined && (opened.certain || rights.some((content) => opened.covers(content)));
    });
  if (isOf(hints.platformKey)) {
    return { code: 'platform-key', message: text('platform-key-used') };
  }
  const owner = hints.otherKeys.find(({ key }) => isOf(key))?.owner;
  if (owner !== undefined) {
    const message = text('other-key-used', { owner });
    return { code: 'wrong-key', message };
  }
  return explainLength(first.bytes.length, publicKey.asymmetricKeyDetails?.modulusLength);
}

function explainLength(bytes: number, modulusBits = 0): SignatureMistake {
  const expected = modulusBits / 8;
  if (bytes !== expected && bytes >= minSignatureBytes && !rsaBytes.includes(bytes)) {
    return {
      code: 'damaged-signature',
      message: text('length-impossible', { bytes, expected }),
    };
  }
  const message = bytes === expected ? text('key-not-registered') : text('length-of-other-key', { bytes, expected });
  return { code: 'wrong-key', message };
}
