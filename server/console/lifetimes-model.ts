import { shorten } from '../engine/outcomes.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { durationInWords } from '../pages/duration-text.js';
import { timeModel } from '../pages/time-model.js';
import type { AuthorizationState } from '../tenants/authorization-state.js';
import { fingerprint } from './token-actions.js';

/** A code or token from its issue to its end. Times are milliseconds since the epoch. */
export interface Lifetime {
  kind: 'authCode' | 'accessToken' | 'refreshToken';
  token: string;
  issuedAt: number;
  expiresAt: number;
  usedAt?: number | undefined;
  revokedAt?: number | undefined;
}

/** The newest tokens of each kind that have a bar. */
const maxTokens = 3;

/** The lifetimes of the code and of the newest tokens of an authorization. */
export function lifetimesOf({ code, grant, accessTokens, refreshTokens }: AuthorizationState): Lifetime[] {
  const revokedAt = grant?.revokedAt;
  return [
    ...(code === undefined ? [] : [{ kind: 'authCode' as const, token: code.authCode, ...code }]),
    ...accessTokens
      .slice(-maxTokens)
      .map((token) => ({ kind: 'accessToken' as const, token: token.accessToken, ...token, revokedAt })),
    ...refreshTokens
      .slice(-maxTokens)
      .map((token) => ({ kind: 'refreshToken' as const, token: token.refreshToken, ...token, revokedAt })),
  ];
}

/** The time at which a code or token stops working. */
export function endOf({ usedAt, revokedAt, expiresAt }: Lifetime): number {
  return Math.min(usedAt ?? expiresAt, revokedAt ?? expiresAt, expiresAt);
}

/**
 * The lifetimes as bars on one axis, which starts with the first issue. The axis is logarithmic, because a code lives for minutes and a
 * refresh token for months. Positions are percentages of the axis.
 */
export function lifetimesModel(lifetimes: readonly Lifetime[], now: number, lang: string, showSecrets: boolean) {
  const start = Math.min(...lifetimes.map(({ issuedAt }) => issuedAt));
  const length = Math.max(...lifetimes.map(({ expiresAt }) => expiresAt), now) - start;
  const position = (at: number) => round((100 * scale(at - start)) / scale(length));
  return {
    now: position(now),
    nowAtStart: position(now) < 8,
    nowAtEnd: position(now) > 92,
    ticks: tickLengths
      .filter((tick) => tick < length && scale(tick) / scale(length) < 0.92)
      .map((tick) => ({ at: position(start + tick), text: durationInWords(tick, lang) })),
    bars: lifetimes.map((lifetime) => {
      const [from, end, to] = [lifetime.issuedAt, endOf(lifetime), lifetime.expiresAt].map(position) as [number, number, number];
      return {
        kind: lifetime.kind,
        title: phrase(catalogue(lang), `authorization.kinds.${lifetime.kind}`),
        token: showSecrets ? lifetime.token : shorten(lifetime.token),
        live: endOf(lifetime) > now,
        fingerprint: fingerprint(lifetime.token),
        canExpire: lifetime.kind !== 'authCode' && endOf(lifetime) > now,
        expiresAt: timeModel(lifetime.expiresAt, now).iso,
        issued: timeModel(lifetime.issuedAt, now),
        expires: timeModel(lifetime.expiresAt, now),
        state: stateInWords(lifetime, now, lang),
        from,
        width: round(Math.max(end - from, minWidth)),
        end,
        rest: round(to - end),
      };
    }),
  };
}

/** The next code or token to expire, for the clock in the header. */
export function nextExpiry(
  lifetimes: readonly Lifetime[],
  now: number,
  lang: string,
): { iso: string; title: string } | undefined {
  const live = lifetimes.filter((lifetime) => endOf(lifetime) > now).sort((one, other) => one.expiresAt - other.expiresAt);
  const [next] = live;
  return (
    next && {
      iso: timeModel(next.expiresAt, now).iso,
      title: phrase(catalogue(lang), `authorization.kinds.${next.kind}`) ?? next.kind,
    }
  );
}

const minWidth = 0.75;
const second = 1000;
const tickLengths = [60, 3600, 86_400, 30 * 86_400, 365 * 86_400].map((seconds) => seconds * second);

function scale(ms: number): number {
  return Math.log1p(Math.max(ms, 1) / second);
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100;
}

function stateInWords(lifetime: Lifetime, now: number, lang: string) {
  const end = endOf(lifetime);
  const { usedAt, revokedAt } = lifetime;
  const way = usedAt === end ? 'used' : revokedAt === end ? 'revoked' : end <= now ? 'expired' : 'expires';
  const text = (phrase(catalogue(lang), `authorization.lifetime.${way}`) ?? way)
    .replace('{left}', durationInWords(Math.max(end - now, 0), lang))
    .replace('{age}', durationInWords(Math.max(end - lifetime.issuedAt, 0), lang));
  return { text, ...timeModel(end, now) };
}
