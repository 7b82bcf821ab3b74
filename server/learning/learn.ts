import type { Difference, DifferenceCode, DifferenceOf } from '../comparison/difference.js';
import type { ProfileSource } from '../profiles/schema.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { learnResultCode, learnResultMessage, learnResultStatus } from './code-lessons.js';
import { learnHeaderValue } from './header-lessons.js';
import type { Lesson } from './lesson.js';
import { learnPath } from './path-lesson.js';
import { learnAcceptedField, learnRefusedField } from './request-lessons.js';
import { learnExtraField, learnFieldForm, learnFieldType, learnMissingField } from './response-lessons.js';
import { learnSignatureAlgorithm, learnSignatureContent, learnSignatureEncoding } from './signature-lessons.js';
import { learnLength, learnLifetime, learnOldPair } from './token-lessons.js';
import { learnOrder, learnReads } from './user-data-lessons.js';

/** A difference that stays, and why. */
export interface Unlearned {
  difference: Difference;
  reason: Text;
}

export interface Learned {
  /** The profile without the differences that data can close. */
  source: ProfileSource;
  closed: Difference[];
  unlearned: Unlearned[];
}

/** A property of the server that answers, and not of the wallet's protocol. */
const notInProfile = () => text('unlearned-not-in-profile');

/** Earlier ones first: names before the forms of their values. */
const lessons: { readonly [Code in DifferenceCode]: Lesson<Code> } = {
  'path-unknown': learnPath,
  'request-field-refused': learnRefusedField,
  'request-field-accepted': learnAcceptedField,
  'result-code-unknown': learnResultCode,
  'result-code': learnResultCode,
  'result-status': learnResultStatus,
  'result-message': learnResultMessage,
  'response-field-missing': learnMissingField,
  'response-field-extra': learnExtraField,
  'response-field-type': learnFieldType,
  'response-field-form': learnFieldForm,
  'response-field-length': learnLength,
  'scope-reads': learnReads,
  'array-order': learnOrder,
  lifetime: learnLifetime,
  'refresh-old-pair': learnOldPair,
  'signature-encoding': learnSignatureEncoding,
  'signature-algorithm': learnSignatureAlgorithm,
  'signature-content': learnSignatureContent,
  'signature-missing': () => text('unlearned-unsigned'),
  'signature-unverified': () => text('unlearned-content'),
  'header-value': learnHeaderValue,
  'header-missing': notInProfile,
  'header-extra': notInProfile,
  'header-case': notInProfile,
  'http-status': () => text('unlearned-http-status'),
};

const order = Object.keys(lessons);

/** A field that is missing comes before one that is not: that may be its new name. */
function rankOf({ code, platform }: Difference): number {
  return 2 * order.indexOf(code) + (platform === undefined ? 0 : 1);
}

/**
 * Closes the differences of a comparison, as far as data can.
 * @param source the profile that was compared
 * @param check throws a TextError that says what is wrong, if a profile is not valid
 */
export function learn(
  source: ProfileSource,
  differences: readonly Difference[],
  check: (source: ProfileSource) => void,
): Learned {
  const learned: Learned = { source, closed: [], unlearned: [] };
  const inOrder = differences.toSorted((one, other) => rankOf(one) - rankOf(other));
  for (const difference of inOrder) {
    const draft = structuredClone(learned.source);
    const reason = teach(draft, difference, differences);
    const problem = problemOf(draft, check);
    if (problem === undefined) learned.source = draft;
    if (reason === undefined && problem === undefined) learned.closed.push(difference);
    else learned.unlearned.push({ difference, reason: reason ?? (problem as Text) });
  }
  return learned;
}

function teach<Code extends DifferenceCode>(
  source: ProfileSource,
  difference: DifferenceOf<Code>,
  all: readonly Difference[],
): Text | undefined {
  const lesson = lessons[difference.code] as Lesson<Code>;
  return lesson(source, difference, all);
}

function problemOf(source: ProfileSource, check: (source: ProfileSource) => void): Text | undefined {
  try {
    check(source);
    return undefined;
  } catch (error) {
    return text('unlearned-invalid', { problem: textOf(error) });
  }
}
