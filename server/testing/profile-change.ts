import type { ProfileSource } from '../profiles/schema.js';

/** A way in which a platform differs from the wallet that its profile begins with. */
export interface ProfileChange {
  /** The change in words, for a counterexample. Of two changes with the same words before the colon, a profile gets one. */
  what: string;
  apply(source: ProfileSource): void;
}
