import type { DifferenceCode, DifferenceOf } from './difference.js';

/** A difference that one exchange shows. */
export type FindingOf<Code extends DifferenceCode> = { [C in Code]: Omit<DifferenceOf<C>, 'exchanges'> }[Code];
export type Finding = FindingOf<DifferenceCode>;
