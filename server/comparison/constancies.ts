import { isListed } from '../recordings/mask/safe-values.js';
import type { Answers } from './answers.js';
import type { Constancy } from './constancy.js';
import type { Difference } from './difference.js';
import type { Finding } from './finding.js';
import { isObject } from './json-object.js';
import { isInside, typedLeavesOf } from './leaves.js';
import { findOtherName, type OtherName } from './other-name.js';
import { type ResponsePlaces, responsePlaces } from './response-tree.js';

/** The values of one field. */
interface Seen {
  values: Map<string, unknown>;
  /** The users whose answers have it; undefined for an answer that has nothing of a user. */
  users: Set<string | undefined>;
  /** True if each answer with it can have it in place of one of the user's fields. */
  otherNames: Set<OtherName>;
}

/** Finds out which values of the platform are constants, and which are data of users. */
export class Constancies {
  readonly #seen = new Map<string, Seen>();
  /** The data of users in all answers. */
  readonly #data = new Set<string>();

  /** Notes the values of an answer. @param findings of its body */
  note(findings: readonly Finding[], answers: Answers): void {
    const { operation, platform, profile, answer } = answers;
    const places = responsePlaces(profile.source, operation.name);
    const extra = findings.filter(({ emulator }) => emulator === undefined).map(({ place }) => place ?? '');
    this.#noteData(platform, places, (place) => extra.some((own) => isInside(place, own)));
    const userId = hasUser(places) ? answer.user.userId : undefined;
    for (const finding of findings) {
      if (!isOfValue(finding)) continue;
      const key = keyOf(finding);
      const seen = this.#seen.get(key) ?? { values: new Map(), users: new Set(), otherNames: new Set() };
      this.#seen.set(key, seen);
      seen.values.set(JSON.stringify(finding.platform), finding.platform);
      seen.users.add(userId);
      seen.otherNames.add(findOtherName(finding, answers));
    }
  }

  /** @returns undefined if the difference is not one of a field that the platform sends */
  of(difference: Difference): Constancy | undefined {
    const seen = this.#seen.get(keyOf(difference));
    if (seen === undefined || !isOfValue(difference)) return undefined;
    const { otherNames } = seen;
    const isPossible = otherNames.size === 1 && otherNames.has('possible');
    const constancy = isPossible ? 'other-name' : this.#byValues(difference, seen);
    // If it is no constant, another name of a field that only some users have is the likeliest reason.
    return constancy === 'constant' || otherNames.has('impossible') ? constancy : 'other-name';
  }

  #byValues({ place = '' }: Difference, { values, users }: Seen): Constancy {
    const name = place.split('.').at(-1) ?? '';
    if (values.size > 1) return 'varies';
    const leaves = [...values.values()].flatMap((value) => namedLeaves(name, value));
    if (leaves.every(([own, leaf]) => tellsNothing(own, leaf))) return 'constant';
    if (leaves.some(([, leaf]) => this.#data.has(String(leaf)))) return 'of-user';
    return users.size > 1 || users.has(undefined) ? 'constant' : 'one-user';
  }

  /** @param isExtra returns true for a place that only the platform has */
  #noteData(platform: Answers['platform'], { variables, isOfUser }: ResponsePlaces, isExtra: (place: string) => boolean): void {
    for (const [place, leaf] of typedLeavesOf(platform)) {
      const name = place.split('.').at(-1) ?? '';
      const isData = !isExtra(place) && (isOfUser(place) || ofUser.test(variables.get(place) ?? ''));
      if (isData && !tellsNothing(name, leaf) && String(leaf).length >= minDataLength) this.#data.add(String(leaf));
    }
  }
}

/** Variables of an answer that are data of the user. */
const ofUser = /^(customerId$|user\.)/;
/** Shorter data is equal by chance, in characters. */
const minDataLength = 3;

function hasUser({ variables, userInfo }: ResponsePlaces): boolean {
  return userInfo !== undefined || [...variables.values()].some((variable) => ofUser.test(variable));
}

/** Returns true for a difference in a value that the platform sends, and that a constant could stand for. */
function isOfValue({ code, platform }: Pick<Finding, 'code' | 'platform'>): boolean {
  return /^response-field-(extra|form|type)$/.test(code) || (code === 'scope-reads' && platform !== undefined);
}

function keyOf({ operation, place }: Pick<Finding, 'operation' | 'place'>): string {
  return `${operation} ${place}`;
}

/** The values in a value that are no objects or lists, each with the name of its field. */
function namedLeaves(name: string, value: unknown): [name: string, leaf: unknown][] {
  if (Array.isArray(value)) return value.flatMap((item) => namedLeaves(name, item));
  if (isObject(value)) return Object.entries(value).flatMap(([own, part]) => namedLeaves(own, part));
  return [[name, value]];
}

/** Returns true for a value that tells nothing about a person, such as one of a list. */
function tellsNothing(name: string, leaf: unknown): boolean {
  return typeof leaf === 'boolean' || leaf === null || leaf === '' || isListed(name, String(leaf));
}
