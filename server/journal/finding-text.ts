/** The languages that each finding is explained in. */
export type FindingLanguage = 'en' | 'es';

/** The text about a finding, for people. */
export interface FindingText {
  title: string;
  /** Explains the mistake, and why it matters. */
  explanation: string;
  whatToDo: string;
  /** The source of the rule. */
  rule: string;
}

/** A text in each language, by the finding's code. */
export type FindingTexts<Code extends string> = Readonly<Record<Code, Readonly<Record<FindingLanguage, FindingText>>>>;
