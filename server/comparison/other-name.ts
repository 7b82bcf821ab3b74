import type { Answers } from './answers.js';
import { userAnswer } from './find-scopes.js';
import type { Finding } from './finding.js';
import { isAlike } from './is-alike.js';
import { isObject } from './json-object.js';
import { parentOf } from './leaves.js';
import { valueAt } from './read-given.js';

/**
 * Returns true if a field that only the platform sends may be one of the user's with another name: the answer lacks a field of this kind
 * that some scope reads, and nobody has named the scopes that the user agreed to.
 */
export function mayBeOtherName({ code, place = '', platform }: Finding, answers: Answers): boolean {
  const { answer, operation, profile } = answers;
  if (code !== 'scope-reads' || platform === undefined || !answer.areScopesGuessed) return false;
  const { parent: around } = parentOf(place);
  const sent = valueAt(answers.platform, around);
  // A field that only some users have may be absent for that reason.
  const users = answer.isSameUser ? [answer.user] : answers.users;
  const [known, ...others] = users.map((user) => valueAt(userAnswer(profile.scopes.names(), operation, profile, user), around));
  if (!isObject(known) || !isObject(sent)) return false;
  const hasEach = (name: string) => others.every((other) => isObject(other) && other[name] !== undefined);
  return Object.entries(known).some(([name, value]) => sent[name] === undefined && isAlike(platform, value) && hasEach(name));
}
