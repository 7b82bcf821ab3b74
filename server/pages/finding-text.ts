import type { FindingCode } from '../engine/finding-codes.js';
import type { FindingText } from '../journal/finding-text.js';
import { findingTexts } from '../journal/finding-texts.js';

/** The text about a finding in a language, else in English. */
export function findingInWords(code: FindingCode, lang: string): FindingText & { code: FindingCode } {
  return { code, ...(lang === 'es' ? findingTexts[code].es : findingTexts[code].en) };
}
