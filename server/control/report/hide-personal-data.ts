import type { PresentedEntry, PresentedMessage } from '../../journal/entry.js';
import { multipartField } from '../../journal/multipart-field.js';
import { mapContents } from '../../journal/present.js';
import { isKindField } from '../../recordings/mask/safe-values.js';
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
  ...['avatar', 'gender', 'birthday', 'birthDate', 'nationality', 'accountNumber'],
  ...['maskedCardNo', 'cardNo', 'cardNumber', 'idNo', 'idNumber', 'certNo', 'passportNo', 'phone', 'mobile', 'mobileNo'],
  ...['address', 'address1', 'address2', 'area', 'city', 'state', 'zipCode', 'region'],
];
const personalField = new RegExp(`("(?:${personalFields.join('|')})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'g');
/** A field of a form or of a query. */
const personalPair = new RegExp(`((?<![\\w-])(?:${personalFields.join('|')})=)([^&\\s"]+)`, 'g');
const personalPart = multipartField(personalFields.join('|'), 'g');

/** The control API's requests that have a whole user in their bodies. */
const changesUsers = /\/_emulator\/users(\/|$)/;
const hiddenRecord = '"hidden: the record of a user"';

/** Fields of a user's record that say nothing about the person. */
const impersonalFields = new Set(['userId', 'locale', 'country', 'note', 'behaviour', 'gender', 'nationality']);
/** A shorter value would also hide parts of other texts. */
const minLength = 3;

/** Hides personal data in a text. */
export type Hide = (text: string) => string;

/**
 * Hides the data of users in a journal entry. User ids stay, because they tell which calls are about the same user.
 * @param clean hides the data of the entry's user
 */
export function hidePersonalData(entry: PresentedEntry, clean: Hide): PresentedEntry {
  const message = ({ headers, body }: PresentedMessage) => ({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
    ),
    body: changesUsers.test(entry.path) && body !== '' ? hiddenRecord : clean(body),
  });
  const { signature, recorded } = entry;
  return {
    ...entry,
    path: clean(entry.path),
    reason: clean(entry.reason),
    ...(signature && {
      signature: {
        ...signature,
        ...mapContents(signature, clean),
        mistakes: signature.mistakes.map((made) => ({ ...made, message: clean(made.message) })),
      },
    }),
    ...(recorded && {
      recorded: {
        ...recorded,
        address: clean(recorded.address),
        ...(recorded.emulator && {
          emulator: { ...recorded.emulator, reason: clean(recorded.emulator.reason), body: clean(recorded.emulator.body) },
        }),
      },
    }),
    request: message(entry.request),
    response: message(entry.response),
  };
}

/**
 * Returns a function that hides the values of fields such as `nickName`, and all values of one user.
 * @param user absent: only the values of such fields
 */
export function personalDataHider(user: UserRecord | undefined): Hide {
  const values = user === undefined ? [] : personalValues(user);
  if (values.length === 0) return hideFields;
  // One pass over a text for all values: a report has thousands of texts.
  const anyValue = new RegExp(values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return (text) => hideFields(text).replace(anyValue, hidden);
}

/**
 * A user without personal data: what they do, and which data they have, but not its values. The last digits of the id tell names
 * apart.
 */
export function anonymousUser(record: UserRecord): UserRecord {
  const { userId, name, note, avatar: _, birthday: __, ...others } = record;
  const clean = personalDataHider(record);
  const fields = Object.entries(others).map(([field, value]) => [field, impersonalFields.has(field) ? value : masked(value)]);
  return {
    userId,
    ...Object.fromEntries(fields),
    name: `${hidden(name)} ${userId.slice(-4)}`,
    ...(note !== undefined && { note: typeof note === 'string' ? clean(note) : mapTexts(note, clean) }),
  };
}

/** A value with its strings hidden. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return hidden(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([field, inner]) => [field, isKindField(field) ? inner : masked(inner)]);
  return Object.fromEntries(fields);
}

function mapTexts(texts: Readonly<Record<string, string>>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([lang, text]) => [lang, change(text)]));
}

function hideFields(text: string): string {
  const hide = (_: string, before: string, value: string) => before + hidden(value);
  return text.replace(personalField, hide).replace(personalPair, hide).replace(personalPart, hide);
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

/** The first letter, so that a reader can tell two values apart. */
function hidden(value: string): string {
  const first = /^[\p{L}\p{N}]/u.exec(value)?.[0] ?? '';
  return value === '' ? '' : `${first}***`;
}
