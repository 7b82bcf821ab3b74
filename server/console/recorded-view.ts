import type { JournalEntry, RecordedFacts } from '../journal/entry.js';
import { quote, type Text, text } from '../texts/text.js';
import { inLanguage } from '../texts/write-text.js';

/** A sentence about a call that was sent on to a platform. */
interface Sentence {
  text: Text;
  /** The platform and the emulator do not agree. */
  isProblem: boolean;
}

/**
 * The findings about a call that was sent on to a platform, in sentences.
 * @param expected the template of the content that the profile signs in an answer
 */
export function recordedView(
  recorded: RecordedFacts,
  { signature, resultCode, request }: JournalEntry,
  expected: string,
  lang: string,
) {
  const sentences = [
    request.headers.signature === undefined ? unsignedSentence(recorded) : requestSentence(recorded, signature?.verified ?? null),
    answerSentence(recorded.answer, expected),
    ...emulatorSentences(recorded, resultCode),
  ];
  return {
    address: recorded.address,
    sentences: sentences.map(({ text: sentence, isProblem }) => ({ sentence: inLanguage(sentence, lang), isProblem })),
  };
}

function unsignedSentence({ accepted }: RecordedFacts): Sentence {
  return { text: text(accepted === true ? 'unsigned-accepted' : 'unsigned-not-accepted'), isProblem: accepted === false };
}

/** @param verified by the emulator's check; null: it was not checked */
function requestSentence({ accepted, agrees }: RecordedFacts, verified: boolean | null): Sentence {
  if (accepted === null) return { text: text('signature-verdict-unknown'), isProblem: false };
  if (verified === null)
    return { text: text(accepted ? 'signature-accepted-unchecked' : 'signature-refused-unchecked'), isProblem: !accepted };
  if (agrees === true) return { text: text(accepted ? 'signature-both-accept' : 'signature-both-refuse'), isProblem: !accepted };
  return { text: text(accepted ? 'signature-only-platform-accepts' : 'signature-only-platform-refuses'), isProblem: true };
}

function answerSentence(
  { verified, encoding, algorithm = '—', content = '' }: RecordedFacts['answer'],
  expected: string,
): Sentence {
  if (encoding === undefined) return { text: text('answer-unsigned'), isProblem: true };
  const written = { algorithm, encoding };
  if (verified === null) return { text: text('answer-unchecked', written), isProblem: false };
  if (!verified) return { text: text('answer-does-not-verify', written), isProblem: true };
  if (content === expected) return { text: text('answer-verifies', written), isProblem: false };
  const contents = { content: JSON.stringify(content), expected: JSON.stringify(expected) };
  return { text: text('answer-verifies-otherwise', { ...written, ...contents }), isProblem: true };
}

/** @param platform the platform's result code */
function emulatorSentences({ emulator }: RecordedFacts, platform: string | undefined): Sentence[] {
  if (emulator === undefined) return [];
  const code = emulator.resultCode ?? `HTTP ${emulator.status}`;
  if (emulator.resultCode === platform) return [{ text: text('emulator-answers-same', { code }), isProblem: false }];
  return [{ text: text('emulator-answers-otherwise', { code, reason: quote(emulator.reason) }), isProblem: true }];
}
