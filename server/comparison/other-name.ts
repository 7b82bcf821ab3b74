import type { UserEntry } from '../records/entries.js';
import type { Answers } from './answers.js';
import { userAnswer } from './find-scopes.js';
import type { Finding } from './finding.js';
import { isAlike } from './is-alike.js';
import { isObject } from './json-object.js';
import { parentOf } from './leaves.js';
import { valueAt } from './read-given.js';

/** Says if a field can be one of the user's with another name. `optional`: only a field that some users do not have anyway. */
export type OtherName = 'possible' | 'optional' | 'impossible';

/**
 * Finds out if a field that only the platform sends may be one of the user's with another name: the answer lacks a field of this kind
 * that some scope reads, and nobody has named the scopes that the user agreed to.
 */
export function findOtherName({ code, place = '', platform }: Finding, answers: Answers): OtherName {
  const { answer, operation, profile } = answers;
  if (code !== 'scope-reads' || platform === undefined || !answer.areScopesGuessed) return 'impossible';
  const { parent: around } = parentOf(place);
  const sent = valueAt(answers.platform, around);
  const dataOf = (user: UserEntry) => valueAt(userAnswer(profile.scopes.names(), operation, profile, user), around);
  const known = dataOf(answer.user);
  if (!isObject(known) || !isObject(sent)) return 'impossible';
  const lacking = Object.keys(known).filter((name) => sent[name] === undefined && isAlike(platform, known[name]));
  if (lacking.length === 0) return 'impossible';
  // The user's own data is known, or else a field that only some users have may be absent for that reason.
  const all = answer.isSameUser ? [known] : answers.users.map(dataOf);
  const hasEach = (name: string) => all.every((data) => isObject(data) && data[name] !== undefined);
  return lacking.some(hasEach) ? 'possible' : 'optional';
}
