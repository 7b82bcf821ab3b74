import assert from 'node:assert/strict';
import type { Difference } from '../comparison/difference.js';
import { learn } from '../learning/learn.js';
import { compileProfile } from '../profiles/compile.js';
import { Profiles } from '../profiles/profiles.js';
import type { ProfileSource } from '../profiles/schema.js';
import { builtInFixtures } from '../records/fixtures.js';
import { mergePatchBetween } from '../schemas/merge-patch.js';
import { inEnglish } from '../texts/write-text.js';

const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const check = (source: ProfileSource) => void compileProfile(source, () => 'http://127.0.0.1:4010');

/** The parts of a difference that a test gives. The others have values of their own. */
export type GivenDifference = Pick<Difference, 'code' | 'platform' | 'emulator'> &
  Partial<Pick<Difference, 'operation' | 'place' | 'scopes' | 'constancy' | 'exchanges'>>;

function differenceOf(given: GivenDifference): Difference {
  return { operation: undefined, place: undefined, constancy: 'constant', exchanges: [0], ...given } as Difference;
}

/** A wallet learns from differences: the profile changes, and the differences that stay have a reason. */
export function lessonsOf(wallet: string, ...differences: GivenDifference[]): { changes: unknown; reasons: string[] } {
  const { source } = profiles.get(wallet);
  const learned = learn(source, differences.map(differenceOf), check);
  return {
    changes: mergePatchBetween(source, learned.source),
    reasons: learned.unlearned.map(({ reason }) => inEnglish(reason)),
  };
}

/** Checks that differences are closed by these changes, and by no others. */
export function learns(wallet: string, differences: GivenDifference[], changes: object): void {
  assert.deepEqual(lessonsOf(wallet, ...differences), { changes, reasons: [] });
}

/** Checks that a difference stays, with a reason, and changes nothing. */
export function stays(wallet: string, difference: GivenDifference, reason: RegExp, changes: object = {}): void {
  const learned = lessonsOf(wallet, difference);
  assert.match(learned.reasons[0] ?? 'learned', reason);
  assert.deepEqual(learned.changes, changes);
}
