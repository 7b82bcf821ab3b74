import type { Answers } from './answers.js';
import { userAnswer } from './find-scopes.js';
import type { Finding } from './finding.js';
import { isAlike } from './is-alike.js';
import { isObject } from './json-object.js';
import { valueAt } from './read-given.js';

/**
 * Returns true if a field that only the platform sends may be one of the user's with another name: the answer lacks a field of this kind
 * that some scope reads, and nobody has named the scopes that the user agreed to.
 */
export function mayBeOtherName({ code, place = '', platform }: Finding, answers: Answers): boolean {
  const { answer, operation, profile } = answers;
  if (code !== 'scope-reads' || platform === undefined || !answer.areScopesGuessed) return false;
  const around = place.slice(0, place.lastIndexOf('.'));
  const known = valueAt(userAnswer(profile.scopes.names(), operation, profile, answer.user), around);
  const sent = valueAt(answers.platform, around);
  if (!isObject(known) || !isObject(sent)) return false;
  return Object.entries(known).some(([name, value]) => sent[name] === undefined && isAlike(platform, value));
}
