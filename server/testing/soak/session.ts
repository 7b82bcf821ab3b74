import { retentionMs } from '../../store/create-map.js';
import { paths, type Reply } from './caller.js';
import type { JournaledCalls } from './journaled-calls.js';

/** Answers tell times to the second, so a time this close to an expiry is on no side of it, in milliseconds. */
export const blurMs = 2000;

/** A pair of tokens, as its answer told it. */
export interface Pair {
  accessToken: string;
  accessEndsAt: number;
  refreshToken: string;
  refreshEndsAt: number;
}

/** One authorization: the pairs that came from its code. */
export interface Session {
  authCode: string;
  /** When the code was used: milliseconds since the epoch, by the tenant's clock. */
  usedAt: number;
  pairs: Pair[];
  isRevoked: boolean;
}

/** Reads the pair of tokens in an answer of applyToken. */
export function pairOf({ body }: Reply): Pair {
  const { accessToken, accessTokenExpiryTime, refreshToken, refreshTokenExpiryTime } = body;
  return {
    ...{ accessToken, refreshToken },
    accessEndsAt: Date.parse(accessTokenExpiryTime),
    refreshEndsAt: Date.parse(refreshTokenExpiryTime),
  };
}

/** Is told of each check. @param violation what is wrong if it fails */
type Check = (holds: boolean, violation: () => string) => void;

/** A tenant's time, in milliseconds since the epoch. */
export interface TenantTime {
  now: number;
  /** The latest time that its clock has had. What ended long before it may be forgotten, also if the clock went back since. */
  latest: number;
}

/** Checks that each access token works until it expires or is revoked, and that the code is used. */
export async function checkSession(
  { authCode, usedAt, pairs, isRevoked }: Session,
  { now, latest }: TenantTime,
  calls: JournaledCalls,
  check: Check,
): Promise<void> {
  const isForgotten = (endedAt: number) => endedAt + retentionMs <= latest;
  for (const { accessToken, accessEndsAt } of pairs) {
    if (Math.abs(accessEndsAt - now) < blurMs) continue;
    const { code } = await calls.send(paths.userInfo, { accessToken });
    const expected = isRevoked
      ? ['INVALID_ACCESS_TOKEN', 'EXPIRED_ACCESS_TOKEN']
      : [accessEndsAt > now ? 'SUCCESS' : 'EXPIRED_ACCESS_TOKEN', ...(isForgotten(accessEndsAt) ? ['INVALID_ACCESS_TOKEN'] : [])];
    check(
      expected.includes(code ?? ''),
      () => `a token that is ${expected} got ${code}${isRevoked ? ' after its revocation' : ''}`,
    );
  }
  const again = await calls.send(paths.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
  const isUsed = again.code === 'USED_AUTHCODE' || (isForgotten(usedAt) && again.code === 'INVALID_AUTHCODE');
  check(isUsed, () => `a used code got ${again.code}`);
}

/** Checks that the emulator knows nothing of a session that a reset or a restored snapshot removed. */
export async function checkGone({ authCode, pairs }: Session, calls: JournaledCalls, check: Check): Promise<void> {
  const replies = [await calls.send(paths.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode })];
  for (const { accessToken, refreshToken } of pairs) {
    replies.push(await calls.send(paths.userInfo, { accessToken }));
    replies.push(await calls.send(paths.applyToken, { grantType: 'REFRESH_TOKEN', refreshToken }));
  }
  for (const { code } of replies)
    check(code?.startsWith('INVALID_') === true, () => `what a reset or a snapshot removed got ${code}`);
}
