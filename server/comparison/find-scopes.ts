import { readUser } from '../engine/user-info.js';
import { converterContext } from '../profiles/converters.js';
import type { Operation, Profile } from '../profiles/profile.js';
import { similarity } from '../profiles/suggest-name.js';
import type { UserEntry } from '../records/entries.js';
import { isSameForm } from './forms.js';
import { isSameData } from './is-alike.js';
import { isObject, type JsonObject } from './json-object.js';
import { isInside, TypedLeaves, typedLeavesOf } from './leaves.js';
import { valueAt } from './read-given.js';
import { responsePlaces } from './response-tree.js';

/** A scope, and what it adds to the answer. */
interface ScopeLeaves {
  name: string;
  /** Place → value, such as `response.userInfo.nickName`. */
  leaves: ReadonlyMap<string, unknown>;
  /** The fields of the user that it reads, such as `response.userInfo.userName`. */
  fields: ReadonlySet<string>;
}

/** The data that the scopes of a profile add to the answer of an operation. */
interface ReadingScopes {
  /** The scopes that read only the userId, which every answer has. */
  basic: readonly string[];
  scopes: readonly ScopeLeaves[];
  /** The fields of an answer without any scope. */
  always: ReadonlySet<string>;
  /** The object whose fields are what the scopes read. */
  userInfo: string;
  /** Returns what several scopes add to the answer together. */
  read(names: readonly string[]): TypedLeaves;
}

/**
 * Finds the scopes of a grant from the user's data in an answer. A recording does not tell which scopes the user agreed to, but they
 * show in what the platform sent. Of scopes that read the same field in different forms, those fit best that leave the fewest differences.
 * @param user has as many fields as possible
 * @param same the user of the answer, if the fixtures have it: a field with equal data has another name
 * @returns the scopes; only those of the profile that read nothing but the userId, if the answer has no more
 */
export function findScopes(
  answer: JsonObject,
  operation: Operation,
  profile: Profile,
  user: UserEntry,
  same?: UserEntry,
): string[] {
  const { basic, scopes, always, userInfo, read } = readingScopes(operation, profile, user);
  if (!operation.mentionsUserInfo) return [...basic];
  const sent = new TypedLeaves(typedLeavesOf(answer));
  const fields = new Set(Array.from(sent.places(), (place) => fieldOf(place, userInfo)));
  const known = new Set([...always, ...scopes.flatMap((scope) => [...scope.fields])]);
  const unknown = [...fields].filter((field) => !known.has(field));
  const data = same && userAnswer(profile.scopes.names(), operation, profile, same);
  const others = unknown.filter((field) => !addSameData(field, fields, { answer, data, userInfo }));
  for (const field of others) addRenamed(field, fields, scopes, userInfo);
  const found = groupsOf(scopes.filter((scope) => [...scope.fields].some((field) => fields.has(field)))).flatMap((group) =>
    bestOf(group, sent, read),
  );
  return [...basic, ...found];
}

/** An operation belongs to one profile. */
const knownScopes = new WeakMap<Operation, WeakMap<UserEntry, ReadingScopes>>();

function readingScopes(operation: Operation, profile: Profile, user: UserEntry): ReadingScopes {
  const ofOperation = knownScopes.get(operation) ?? new WeakMap<UserEntry, ReadingScopes>();
  knownScopes.set(operation, ofOperation);
  const known = ofOperation.get(user) ?? readScopes(operation, profile, user);
  ofOperation.set(user, known);
  return known;
}

function readScopes(operation: Operation, profile: Profile, user: UserEntry): ReadingScopes {
  const { userInfo = 'response', variables } = responsePlaces(profile.source, operation.name);
  const without = typedLeavesOf(userAnswer([], operation, profile, user));
  const added = (names: readonly string[]) =>
    [...typedLeavesOf(userAnswer(names, operation, profile, user))].filter(([place]) => !without.has(place));
  const known = new Map<string, TypedLeaves>();
  const read = (names: readonly string[]) => {
    const key = names.toSorted().join();
    const leaves = known.get(key) ?? new TypedLeaves(added(names));
    known.set(key, leaves);
    return leaves;
  };
  const scopes = profile.scopes.names().flatMap((name) => {
    const rule = profile.scopes.get(name);
    if (rule?.read === undefined || profile.source.scopes[name]?.alias !== undefined) return [];
    const leaves = new Map(added([name]));
    if (leaves.size === 0) return [];
    return [{ name, leaves, fields: new Set(Array.from(leaves.keys(), (place) => fieldOf(place, userInfo))) }];
  });
  const reading = profile.scopes.names().filter((name) => profile.scopes.get(name)?.read !== undefined);
  const basic = reading.filter(
    (name) => !scopes.some((scope) => scope.name === name) && profile.scopes.get(name)?.covers.size === 1,
  );
  return { basic: basic.slice(0, 1), scopes, always: new Set([...without.keys(), ...variables.keys()]), userInfo, read };
}

/** The part of a user's data that an operation sends, and nothing else. */
export function userAnswer(scopes: readonly string[], operation: Operation, profile: Profile, user: UserEntry): unknown {
  const userInfo = readUser(user.record, scopes, profile.scopes);
  const context = converterContext(profile.source, () => 'http://localhost');
  return operation.response({ user: user.record, userInfo }, context) ?? {};
}

/** The field of the user that a place belongs to: `response.userInfo.userName` of `response.userInfo.userName.fullName`. */
export function fieldOf(place: string, userInfo: string): string {
  const rest = place.slice(userInfo.length + 1);
  return place.startsWith(`${userInfo}.`) ? `${userInfo}.${rest.split(/[.[]/)[0]}` : place;
}

/** A field that the profile does not have, with the data of one of its fields, is that field with another name. @returns false if it is none */
function addSameData(
  field: string,
  fields: Set<string>,
  { answer, data, userInfo }: { answer: JsonObject; data: unknown; userInfo: string },
): boolean {
  const known = valueAt(data, userInfo);
  if (!isObject(known) || !field.startsWith(`${userInfo}.`)) return false;
  const sent = valueAt(answer, field);
  const [name] = Object.keys(known).filter((own) => !fields.has(`${userInfo}.${own}`) && isSameData(sent, known[own]));
  if (name !== undefined) fields.add(`${userInfo}.${name}`);
  return name !== undefined;
}

/** Names that are less alike are those of different fields. From 0 to 1. */
const leastSimilarity = 0.5;

/** A field that the profile does not have may be one of its fields with another name: then its scope was granted. */
function addRenamed(field: string, fields: Set<string>, scopes: readonly ScopeLeaves[], userInfo: string): void {
  if (!field.startsWith(`${userInfo}.`)) return;
  const nameOf = (place: string) => place.slice(userInfo.length + 1);
  const [closest] = [...new Set(scopes.flatMap((scope) => [...scope.fields]))]
    .filter((known) => !fields.has(known))
    .map((known) => ({ known, likeness: similarity(nameOf(known), nameOf(field)) }))
    .sort((one, other) => other.likeness - one.likeness);
  if (closest !== undefined && closest.likeness >= leastSimilarity) fields.add(closest.known);
}

/** Scopes that read the same fields of the user belong together. */
function groupsOf(scopes: readonly ScopeLeaves[]): ScopeLeaves[][] {
  const groups: ScopeLeaves[][] = [];
  for (const scope of scopes) {
    const touching = groups.filter((group) => group.some((other) => [...other.fields].some((field) => scope.fields.has(field))));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), scope]);
  }
  return groups;
}

/**
 * The scopes of a group that leave the fewest differences to the answer. The search starts from no scope and from all of them, and makes
 * each change that is better. The group reads a field that the answer has, so at least one was granted.
 * @param read returns what several scopes add to the answer together
 */
function bestOf(group: readonly ScopeLeaves[], sent: TypedLeaves, read: (names: readonly string[]) => TypedLeaves): string[] {
  const all = group.map(({ name }) => name);
  // Each scope costs a little: the fewest scopes are the likeliest.
  const costOf = (names: readonly string[]) => names.length / 10 + differencesOf(read(names), group, sent);
  const improve = (names: string[], cost: number): { names: string[]; cost: number } => {
    const [next] = changesOf(names, all)
      .map((changed) => ({ names: changed, cost: costOf(changed) }))
      .sort((one, other) => one.cost - other.cost);
    return next === undefined || next.cost >= cost ? { names, cost } : improve(next.names, next.cost);
  };
  const [best] = [[], all].map((start) => improve(start, Number.POSITIVE_INFINITY)).sort((one, other) => one.cost - other.cost);
  return best?.names ?? [];
}

/** The choices with one scope more or less, in the order of the profile. A choice is never empty. */
function changesOf(names: readonly string[], all: readonly string[]): string[][] {
  const changed = all.map((name) => all.filter((other) => names.includes(other) !== (other === name)));
  return changed.filter(({ length }) => length > 0);
}

/** The number of differences that scopes leave. */
function differencesOf(leaves: TypedLeaves, group: readonly ScopeLeaves[], sent: TypedLeaves): number {
  const fields = new Set(group.flatMap((scope) => [...scope.fields]));
  let count = 0;
  for (const place of leaves.places()) count += sent.hasItem(place) ? costAt(sent.get(place), leaves.get(place)) : costOfItem;
  for (const place of sent.places())
    if (leaves.get(place) === undefined && [...fields].some((field) => isInside(place, field))) count += 1;
  return count;
}

/** A user may have fewer items in a list, such as no mail address. */
const costOfItem = 0.01;

function costAt(sent: unknown, value: unknown): number {
  if (sent === undefined) return 1;
  return typeof sent === 'string' && typeof value === 'string' && !isSameForm(sent, value) ? 1 : 0;
}
