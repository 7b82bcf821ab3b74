import { text } from '../texts/text.js';
import { decodeSignature } from './encodings.js';
import type { SignatureMistake } from './mistake.js';

/** One way to decode a signature's value. `mistake` is absent if the value is written as it should be. */
export interface Reading {
  bytes: Buffer;
  mistake?: SignatureMistake;
}

const hexadecimal: SignatureMistake = {
  code: 'not-base64',
  message: text('signature-in-hex'),
};
const quoted: SignatureMistake = { code: 'not-base64', message: text('signature-in-quotes') };
const spaced: SignatureMistake = {
  code: 'not-base64',
  message: text('signature-with-spaces'),
};
const encodedTwice: SignatureMistake = {
  code: 'double-encoded',
  message: text('signature-encoded-twice'),
};

/** All ways to decode a value, the right one first. Empty if there is none. */
export function readingsOf(value: string): Reading[] {
  const found: Reading[] = [];
  const add = (bytes: Buffer | undefined, mistake?: SignatureMistake) => {
    if (bytes !== undefined) found.push(mistake === undefined ? { bytes } : { bytes, mistake });
  };
  const direct = decodeSignature(value);
  add(direct);
  add(decodeHex(value), hexadecimal);
  const inner = direct?.toString('latin1') ?? '';
  if (/^[\x20-\x7e]+$/.test(inner)) {
    add(decodeHex(inner), encodedTwice);
    add(decodeSignature(inner), encodedTwice);
  }
  if (value.includes('%25')) add(decodeSignature(value.replaceAll('%25', '%')), encodedTwice);
  if (/^".*"$/.test(value)) add(decodeSignature(value.slice(1, -1)), quoted);
  const text = value.replace(/%0d|%0a|%09/gi, '').replaceAll('%20', ' ');
  if (direct === undefined && /\s|%0[ad9]|%20/i.test(value)) add(decodeSignature(text.replaceAll(' ', '+')), spaced);
  return found;
}

function decodeHex(text: string): Buffer | undefined {
  return text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}
