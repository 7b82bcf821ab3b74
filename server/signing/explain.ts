import { text } from '../texts/text.js';
import { rightContents } from './candidates.js';
import type { RuledOut, SignatureExplanation, SignatureMistake } from './mistake.js';
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
 */
export async function explainSignature(call: UnverifiedCall): Promise<SignatureExplanation> {
  const readings = readingsOf(call.signature);
  for (const reading of readings) {
    const opened = openSignature(reading.bytes, call.publicKey);
    if (opened !== undefined) return explainContent(call, reading, opened);
  }
  return explainKey(call, readings);
}

/** The key is right. Is it the encoding, the hash, or the content? */
async function explainContent(call: UnverifiedCall, reading: Reading, opened: OpenedSignature): Promise<SignatureExplanation> {
  const known = [reading.mistake, opened.mistake].filter((mistake) => mistake !== undefined);
  const right = known.length > 0 ? rightContents(call).find((content) => opened.covers(content)) : undefined;
  const checked: RuledOut[] = [{ code: 'wrong-key', tried: 1 }];
  if (reading.mistake === undefined) checked.push({ code: 'not-base64', tried: 1 });
  if (opened.mistake === undefined) checked.push({ code: 'wrong-hash', tried: 1 });
  if (right !== undefined) return { mistakes: known, signed: Buffer.concat(right), ruledOut: checked };
  const earlier = call.hints.findEarlierCall(reading.bytes);
  if (earlier !== undefined) {
    const message = text('earlier-signature', { call: earlier });
    return { mistakes: [{ code: 'previous-call', message }], ruledOut: checked };
  }
  checked.push({ code: 'previous-call', tried: 1 });
  const { found, ruledOut, incomplete } = await searchContent(call, opened);
  if (found !== undefined) {
    const codes = new Set(found.mistakes.map(({ code }) => code));
    return {
      mistakes: [...known, ...found.mistakes],
      signed: Buffer.concat(found.content),
      ruledOut: [...checked, ...ruledOut.filter(({ code }) => !codes.has(code))],
    };
  }
  const why = incomplete === undefined ? text('nothing-explains') : incomplete;
  const message = text('something-else-signed', { why });
  return { mistakes: [...known, { code: 'content-unknown', message }], ruledOut: [...checked, ...ruledOut] };
}

/** The client's key did not make the signature. Whose did? */
function explainKey(call: UnverifiedCall, readings: readonly Reading[]): SignatureExplanation {
  const { publicKey, hints } = call;
  const [first] = readings;
  if (first === undefined) {
    const message = text('signature-not-base64');
    return { mistakes: [{ code: 'not-base64', message }], ruledOut: [] };
  }
  const ruledOut: RuledOut[] = [{ code: 'not-base64', tried: 1 }];
  if (publicKey.equals(hints.platformKey)) {
    const message = text('platform-key-registered');
    return { mistakes: [{ code: 'platform-key', message }], ruledOut };
  }
  const rights = rightContents(call);
  const signedWith = (key: UnverifiedCall['publicKey']) =>
    readings.some(({ bytes }) => {
      const opened = openSignature(bytes, key);
      return opened !== undefined && (opened.certain || rights.some((content) => opened.covers(content)));
    });
  if (signedWith(hints.platformKey)) {
    const message = text('platform-key-used');
    return { mistakes: [{ code: 'platform-key', message }], ruledOut };
  }
  ruledOut.push({ code: 'platform-key', tried: 1 });
  const owner = hints.otherKeys.find(({ key }) => signedWith(key))?.owner;
  if (owner !== undefined) {
    const message = text('other-key-used', { owner });
    return { mistakes: [{ code: 'wrong-key', message }], ruledOut };
  }
  return { mistakes: [explainLength(first.bytes.length, publicKey.asymmetricKeyDetails?.modulusLength)], ruledOut };
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
