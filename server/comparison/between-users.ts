import type { UserEntry } from '../records/entries.js';
import type { Answers } from './answers.js';
import type { ValueFinding } from './compare-values.js';
import { userAnswer } from './find-scopes.js';
import { isSameForm } from './forms.js';
import { isObject } from './json-object.js';
import { leavesOf } from './leaves.js';

/**
 * Returns true if a difference may be one between two users, and not between the platform and the profile: a field that some users of
 * the fixtures do not have is optional, and the order of a list and the form of a value may be the user's.
 */
export function isBetweenUsers(finding: ValueFinding, answers: Answers): boolean {
  const { kind, place } = finding;
  if (kind === 'missing') return isOptional(place, answers);
  if (kind === 'extra') return answers.users.some((user) => hasPlace(sentOf(user, answers.answer.scopes, answers), place));
  if (kind === 'form') return answers.users.some((user) => hasForm(user, finding, answers));
  if (kind !== 'order') return false;
  const orders = answers.users.map((user) => valuesAt(userAnswerOf(user, answers.answer.scopes, answers), place));
  return orders.some((own) => own.filter((type) => finding.platform.includes(type)).join() === finding.platform.join());
}

/** Returns true if a user of the fixtures has a value in the form that the platform sends, such as "BN" for the state of an address. */
function hasForm(user: UserEntry, { place, platform }: { place: string; platform: string }, answers: Answers): boolean {
  const own = valuesAt(userAnswerOf(user, answers.answer.scopes, answers), place);
  return own.some((value) => isSameForm(platform, value));
}

/** A field is optional if some users do not have it, although they have other data of its scope, or the object around it. */
function isOptional(place: string, answers: Answers): boolean {
  const { users, answer } = answers;
  const without = new Set(users.filter((user) => !hasPlace(sentOf(user, answer.scopes, answers), place)));
  if (without.size === 0 || without.size === users.length) return false;
  const reading = answer.scopes.filter((scope) => users.some((user) => hasPlace(sentOf(user, [scope], answers), place)));
  const hasOthers = (user: UserEntry) =>
    reading.length === 0
      ? hasPlace(sentOf(user, answer.scopes, answers), parentOf(place))
      : reading.some((scope) => sentOf(user, [scope], answers).size > sentOf(user, [], answers).size);
  return [...without].some(hasOthers);
}

function sentOf(user: UserEntry, scopes: readonly string[], answers: Answers): ReadonlyMap<string, unknown> {
  return leavesOf(userAnswerOf(user, scopes, answers));
}

function userAnswerOf(user: UserEntry, scopes: readonly string[], { operation, profile }: Answers): unknown {
  return userAnswer(scopes, operation, profile, user);
}

function hasPlace(leaves: ReadonlyMap<string, unknown>, place: string): boolean {
  for (const leaf of leaves.keys()) if (leaf.startsWith(place) && /^([.[]|$)/.test(leaf.slice(place.length))) return true;
  return false;
}

/** The object around a place: `response.userInfo.userName` of `response.userInfo.userName.fullName`. */
function parentOf(place: string): string {
  return place.slice(0, place.lastIndexOf('.')).replace(/\[\]$/, '');
}

/** The texts at a place of an answer, such as `response.contactInfos[].contactType`. */
function valuesAt(answer: unknown, place: string): string[] {
  const steps = place.replaceAll('[]', '.[]').split('.').slice(1);
  let values: unknown[] = [answer];
  for (const step of steps) values = values.flatMap((value) => (step === '[]' ? value : isObject(value) ? value[step] : []));
  return values.filter((value) => typeof value === 'string');
}
