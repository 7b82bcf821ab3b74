import { parseDuration } from '../clock/duration.js';
import { formOf } from '../comparison/forms.js';
import type { ProfileSource } from '../profiles/schema.js';
import { text } from '../texts/text.js';
import { type Reference, readReference } from './converters-of.js';
import type { Lesson } from './lesson.js';
import { findSlots } from './place.js';

const names = ['authCode', 'accessToken', 'refreshToken'] as const;

export const learnLifetime: Lesson<'lifetime'> = (source, { place, platform }) => {
  const name = names.find((known) => known === place);
  if (name === undefined || parseDuration(platform) === undefined) return text('unlearned-lifetime', { platform });
  source.lifetimes[name] = platform;
  return undefined;
};

export const learnOldPair: Lesson<'refresh-old-pair'> = (source, { place, platform: works }) => {
  if (place !== 'accessToken') return text('unlearned-old-refresh-token');
  source.refreshEndsAccessToken = !works;
  return undefined;
};

/** The limits of the profile's schema for the length of a code or token, in characters. */
const [shortest, longest] = [22, 128];

export const learnLength: Lesson<'response-field-length'> = (source, { operation = '', place = '', platform }) => {
  const [slot] = findSlots(source, operation, place);
  const variable = readReference(slot?.parent[slot.key])?.variable.slice(1);
  const name = names.find((known) => known === variable);
  const { length } = platform;
  if (name === undefined || length < shortest || length > longest) return text('unlearned-length', { place, length });
  source.tokens[name] = { ...source.tokens[name], length };
  allowLength(source, name, length);
  return undefined;
};

/** A platform accepts the codes and tokens that it gives out. */
function allowLength({ operations }: ProfileSource, name: string, length: number): void {
  for (const { request } of Object.values(operations))
    for (const [key, field] of Object.entries(request))
      if ((field.as ?? key) === name && field.max !== undefined) field.max = Math.max(field.max, length);
}

/** The maximum length of a JWT in a request, in characters: the profile's own limits are for short tokens. */
const maxJwtLength = 2048;

/** Returns true for an access token or a refresh token. */
export function isToken({ variable }: Reference): boolean {
  return variable === '$accessToken' || variable === '$refreshToken';
}

/** Tokens are JWTs on one side only. @returns false if the platform's token has a form that a profile cannot have */
export function learnTokenForm(source: ProfileSource, token: string): boolean {
  const isJwt = formOf(token).kind === 'jwt';
  if (!isJwt && source.tokens.form !== 'jwt') return false;
  source.tokens.form = isJwt ? 'jwt' : 'opaque';
  if (isJwt) for (const name of ['accessToken', 'refreshToken']) allowLength(source, name, maxJwtLength);
  return true;
}
