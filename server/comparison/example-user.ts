import { type UserEntry, userEntry } from '../records/entries.js';
import type { UserRecord } from '../records/schema.js';
import { isObject } from './json-object.js';

/** Fields that say how a user answers, and are no data. */
const settings = new Set(['behaviour', 'note']);

/**
 * The user whose data the emulator sends if the platform's user is none of the fixtures: the wallet's first user, with the fields that
 * only other users have. So every field that the profile can read has a value.
 * @param firstUser the id of the user who is logged in first, if the profile has one
 */
export function exampleUser(users: ReadonlyMap<string, UserEntry>, firstUser: string | undefined): UserEntry {
  const [first = userEntry({ userId: '1', name: 'user' }), ...others] = [
    ...[firstUser === undefined ? undefined : users.get(firstUser)].filter((user) => user !== undefined),
    ...users.values(),
  ];
  let data = dataOf(first.record);
  for (const { record } of others) data = completed(data, dataOf(record)) as UserRecord;
  return userEntry(data);
}

function dataOf(record: UserRecord): UserRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !settings.has(name))) as UserRecord;
}

/** A value with the fields that only the other one has, at any depth. Lists keep their length. */
function completed(value: unknown, other: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(other)) return value.map((item, index) => completed(item, other[index] ?? other[0]));
  if (!isObject(value) || !isObject(other)) return value ?? other;
  const names = [...Object.keys(value), ...Object.keys(other)];
  return Object.fromEntries(names.map((name) => [name, completed(value[name], other[name])]));
}
