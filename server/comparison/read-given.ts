import { parseTime } from '../clock/time.js';
import type { Operation, Profile } from '../profiles/profile.js';
import { isObject } from './json-object.js';
import type { PlatformCall } from './platform-call.js';
import { responsePlaces } from './response-tree.js';

/** The things that the platform gave in an answer: codes, tokens and their expiry, in milliseconds since the epoch, and the user's id. */
export interface Given {
  authCode?: string;
  accessToken?: string;
  refreshToken?: string;
  accessExpiresAt?: number;
  refreshExpiresAt?: number;
  userId?: string;
}

/** Reads what the platform gave, at the places where the profile has it. */
export function readGiven({ answer = {} }: Pick<PlatformCall, 'answer'>, { name }: Operation, { source }: Profile): Given {
  const { variables, userInfo } = responsePlaces(source, name);
  const at = (...names: readonly string[]) => {
    const [place] = [...variables].find(([, variable]) => names.includes(variable)) ?? [];
    return place === undefined ? undefined : valueAt(answer, place);
  };
  const userId = at('customerId', 'user.userId') ?? (userInfo && valueAt(answer, `${userInfo}.userId`));
  return compact({
    authCode: textOf(at('authCode')),
    accessToken: textOf(at('accessToken')),
    refreshToken: textOf(at('refreshToken')),
    accessExpiresAt: instantOf(at('accessTokenExpiresAt')),
    refreshExpiresAt: instantOf(at('refreshTokenExpiresAt')),
    userId: textOf(userId),
  });
}

/** The value at a place such as `response.userInfo.userId`. */
export function valueAt(answer: unknown, place: string): unknown {
  let value: unknown = answer;
  for (const name of place.split('.').slice(1)) value = isObject(value) ? value[name] : undefined;
  return value;
}

/** A time in any form: ISO 8601, or seconds or milliseconds since the epoch. In milliseconds since the epoch. */
export function instantOf(value: unknown): number | undefined {
  const written = textOf(value);
  if (written === undefined) return undefined;
  if (/^\d{9,10}$/.test(written)) return Number(written) * 1000;
  return parseTime(written)?.at;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
}

function compact(given: { [Name in keyof Given]: Given[Name] | undefined }): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
