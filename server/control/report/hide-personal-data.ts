import type { PresentedEntry, PresentedMessage } from '../../journal/entry.js';
import type { UserRecord } from '../../records/schema.js';

/** Fields of user information, by the names that wallets and fixtures give them. */
const personalFields = [
  ...['nickName', 'fullName', 'firstName', 'secondName', 'thirdName', 'middleName', 'lastName', 'userNameInArabic'],
  ...[
    'loginId',
    'maskLoginId',
    'hashLoginId',
    'userLoginId',
    'hashUserLoginId',
    'contactNo',
    'phoneNumber',
    'mobilePhone',
    'email',
  ],
  ...['avatar', 'gender', 'birthday', 'birthDate', 'nationality', 'maskedCardNo', 'accountNumber'],
  ...['address', 'address1', 'address2', 'area', 'city', 'state', 'zipCode', 'region'],
];
const personalField = new RegExp(`("(?:${personalFields.join('|')})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'g');

/** The control API's requests that have a whole user in their bodies. */
const changesUsers = /\/_emulator\/users(\/|$)/;
const hiddenRecord = '"hidden: the record of a user"';

/** Fields of a user's record that say nothing about the person. */
const impersonalFields = new Set(['userId', 'locale', 'country', 'note', 'behaviour', 'gender', 'nationality']);
/** A shorter value would also hide parts of other texts. */
const minLength = 3;

/** Finds the record of a user. */
export type FindUser = (userId: string) => UserRecord | undefined;

/**
 * Hides the data of users in a journal entry: the values of fields such as `nickName`, and all values of the entry's user. User ids
 * stay, because they tell which calls are about the same user.
 */
export function hidePersonalData(entry: PresentedEntry, findUser: FindUser): PresentedEntry {
  const clean = personalDataHider(entry.userId, findUser);
  const message = ({ headers, body }: PresentedMessage) => ({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
    ),
    body: changesUsers.test(entry.path) && body !== '' ? hiddenRecord : clean(body),
  });
  const { signature } = entry;
  return {
    ...entry,
    path: clean(entry.path),
    reason: clean(entry.reason),
    ...(signature && {
      signature: { ...signature, mistakes: signature.mistakes.map((made) => ({ ...made, message: clean(made.message) })) },
    }),
    request: message(entry.request),
    response: message(entry.response),
  };
}

/** Returns a function that hides the data of users in a text. @param userId the user whose every value is hidden */
export function personalDataHider(userId: string | undefined, findUser: FindUser): (text: string) => string {
  const user = userId === undefined ? undefined : findUser(userId);
  const values = user === undefined ? [] : personalValues(user);
  return (text) => hideValues(hideFields(text), values);
}

/**
 * A user without personal data: what they do, and which data they have, but not its values. The last digits of the id tell names
 * apart.
 */
export function anonymousUser(record: UserRecord): UserRecord {
  const { userId, name, note, avatar: _, birthday: __, ...others } = record;
  const clean = personalDataHider(userId, () => record);
  const fields = Object.entries(others).map(([field, value]) => [field, impersonalFields.has(field) ? value : masked(value)]);
  return {
    userId,
    ...Object.fromEntries(fields),
    name: `${hidden(name)} ${userId.slice(-4)}`,
    ...(note !== undefined && { note: typeof note === 'string' ? clean(note) : mapTexts(note, clean) }),
  };
}

/** The fields that say of what kind another field is. */
const kindFields = new Set(['contactType', 'loginIdType']);

/** A value with its strings hidden. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return hidden(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([field, inner]) => [field, kindFields.has(field) ? inner : masked(inner)]);
  return Object.fromEntries(fields);
}

function mapTexts(texts: Readonly<Record<string, string>>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([lang, text]) => [lang, change(text)]));
}

function hideFields(text: string): string {
  return text.replace(personalField, (_, before: string, value: string) => before + hidden(value));
}

/** The texts in a user's record that are about the person, each as it is and as JSON and addresses write it; the longest first. */
function personalValues(record: UserRecord): string[] {
  const values = Object.entries(record).flatMap(([name, value]) => (impersonalFields.has(name) ? [] : textsIn(value)));
  return [...new Set(values)]
    .filter((value) => value.length >= minLength)
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
    .sort((one, other) => other.length - one.length);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function hideValues(text: string, values: readonly string[]): string {
  let clean = text;
  for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, hidden(value));
  return clean;
}

/** The first letter, so that a reader can tell two values apart. */
function hidden(value: string): string {
  const first = /^[\p{L}\p{N}]/u.exec(value)?.[0] ?? '';
  return value === '' ? '' : `${first}***`;
}
