import type { RuledOut, SignatureExplanation } from './mistake.js';

/** The content to sign beside the content that was signed. */
export interface ContentComparison {
  contentToSign: Buffer;
  /** Absent if it is not known. */
  signedContent?: Buffer;
  /** The first byte that differs, from 0. Absent if the signed content is not known or not different. */
  firstDifference?: number;
  ruledOut: RuledOut[];
}

/** Compares the content to sign with what an explanation found to be signed. */
export function compareContents(
  contentToSign: Buffer,
  { signed, ruledOut }: Omit<SignatureExplanation, 'mistakes'>,
): ContentComparison {
  const firstDifference = signed && differenceOf(contentToSign, signed);
  return {
    contentToSign,
    ...(signed && { signedContent: signed }),
    ...(firstDifference !== undefined && { firstDifference }),
    ruledOut,
  };
}

/** The index of the first byte that differs; if one content begins with the other, the length of the shorter one. */
function differenceOf(one: Buffer, other: Buffer): number | undefined {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return index;
  return one.length === other.length ? undefined : length;
}
