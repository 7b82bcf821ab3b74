import { formOf, isSameForm } from './forms.js';

/** Values of one kind, so that one field can be another name of the other. A time under another name may have another form too. */
export function isAlike(platform: unknown, emulator: unknown): boolean {
  if (isTime(platform) && isTime(emulator)) return true;
  if (typeof platform === 'string' && typeof emulator === 'string')
    return isSameForm(platform, emulator) || areTokens(platform, emulator);
  if (Array.isArray(platform) || Array.isArray(emulator)) return Array.isArray(platform) && Array.isArray(emulator);
  return typeof platform === typeof emulator;
}

function isTime(value: unknown): boolean {
  const isWritten = typeof value === 'string' || typeof value === 'number';
  return isWritten && ['time', 'epoch-ms', 'epoch-s'].includes(formOf(String(value)).kind);
}

/** Returns true for two tokens, of which one or both are JWTs. */
function areTokens(one: string, other: string): boolean {
  return [one, other].some((value) => formOf(value).kind === 'jwt') && [one, other].every((value) => /^[\w.-]{20,}$/.test(value));
}

/** A shorter text is the same for many users, in characters. */
const minLength = 3;

/** Returns true for equal values that tell a user from others, so that they are the same data under two names. */
export function isSameData(one: unknown, other: unknown): boolean {
  const isTelling = typeof one === 'string' ? one.length >= minLength : typeof one === 'object' && one !== null;
  return isTelling && JSON.stringify(one) === JSON.stringify(other);
}
