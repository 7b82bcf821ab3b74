import { type Text, type TextCode, text } from '../texts/text.js';

/** Words in a message of V8 → the mistake. */
const mistakes = [
  [/Unterminated group/, 'pattern-group-open'],
  [/Unterminated character class/, 'pattern-class-open'],
  [/Unmatched|Lone quantifier|Incomplete quantifier/, 'pattern-bracket-alone'],
  [/Nothing to repeat/, 'pattern-nothing-to-repeat'],
  [/out of order/, 'pattern-range-order'],
  [/capture group name|named/, 'pattern-group-name'],
  [/escape|at end of pattern|property name/i, 'pattern-escape-wrong'],
] as const satisfies readonly (readonly [words: RegExp, code: TextCode])[];

/** The reason why a text is no regular expression, in our words: those of V8 are in English. @param error of the RegExp */
export function patternProblem({ message }: Error): Text {
  // The pattern itself comes before.
  const words = message.slice(message.lastIndexOf(': ') + 2);
  return text(mistakes.find(([pattern]) => pattern.test(words))?.[1] ?? 'pattern-syntax-wrong');
}
