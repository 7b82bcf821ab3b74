/** The languages that each finding is explained in. */
export type FindingLanguage = 'en' | 'es';

/** What a person reads about a finding. */
export interface FindingText {
  title: string;
  /** What it means, and why it matters. */
  explanation: string;
  whatToDo: string;
  /** Where the rule comes from. */
  rule: string;
}

/** A text in each language, by the finding's code. */
export type FindingTexts<Code extends string> = Readonly<Record<Code, Readonly<Record<FindingLanguage, FindingText>>>>;
