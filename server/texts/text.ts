import type { english } from './english/english.js';

/** The code of a sentence. Each language has a text for it (`english`, `spanish`). */
export type TextCode = keyof typeof english;

/** A value in a sentence. Strings of a list are joined by commas, texts of a list by semicolons. */
export type TextValue = string | number | Text | readonly string[] | readonly Text[];

/**
 * A sentence that is not written yet: a code and its values. The journal stores sentences in this form, so that a page shows them in
 * the reader's language, and a call does not wait for sentences that nobody reads.
 */
export interface Text {
  readonly code: TextCode;
  readonly values?: Readonly<Record<string, TextValue>>;
}

/** The names in `{…}` of a template. */
type NamesIn<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The values that a sentence needs. */
export type ValuesOf<Code extends TextCode> = Readonly<Record<NamesIn<(typeof english)[Code]>, TextValue>>;

/** Makes a sentence. The compiler checks the code and the names of the values. */
export function text<Code extends TextCode>(
  code: Code,
  ...[values]: [NamesIn<(typeof english)[Code]>] extends [never] ? [] : [values: ValuesOf<Code>]
): Text {
  return values === undefined ? { code } : { code, values };
}

/** A sentence that somebody else wrote, such as a scenario's message. It is the same in each language. */
export function quote(words: string): Text {
  return text('quoted', { words });
}
