import type { FindingCode } from '../engine/finding-codes.js';
import type { FindingTexts } from './finding-text.js';
import { integrationMistakeTexts } from './integration-mistake-texts.js';
import { signatureMistakeTexts } from './signature-mistake-texts.js';

/** Each finding's text. A code without a text in each language does not compile. */
export const findingTexts: FindingTexts<FindingCode> = {
  ...integrationMistakeTexts,
  ...signatureMistakeTexts,
};
