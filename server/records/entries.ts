import type { KeyObject } from 'node:crypto';
import { parseDuration } from '../clock/duration.js';
import { scopeError } from '../engine/jsapi-errors.js';
import type { App, Client, GrantType, Lifetimes, User } from '../engine/parties.js';
import { readPublicKey } from '../signing/keys.js';
import { text } from '../texts/text.js';
import { errorAt, textOf } from '../texts/text-error.js';
import { isRedirectUrlEntry } from './redirect-urls.js';
import type { AppRecord, ClientRecord, UserRecord } from './schema.js';

/** The longest time that a user takes to decide, in milliseconds. */
const maxDelayMs = 10 * 60 * 1000;

/** A client record with its key parsed and its durations in milliseconds. */
export interface ClientEntry extends Client {
  record: ClientRecord;
  name: string;
  /** If the record does not say it: required with a key, else optional. */
  signature: 'required' | 'optional' | 'off';
  publicKey?: KeyObject;
  lifetimes: Partial<Lifetimes>;
  /** Token → its expiry in milliseconds since the epoch. Absent: the Agent-Token header is ignored. */
  agentTokens?: ReadonlyMap<string, number>;
  /** At most `max` calls in `per` milliseconds. */
  rateLimit?: { max: number; per: number };
}

export interface AppEntry extends App {
  record: AppRecord;
  name: string;
  /** The only origins that may ask for authorizations. Absent: any origin may. */
  callbackOrigins?: ReadonlySet<string>;
}

export interface UserEntry extends User {
  record: UserRecord;
  consent: 'ask' | 'grant' | 'deny' | undefined;
  /** Scope → error code, for scopes that this user refuses even if the rest is granted. */
  refuse: Readonly<Record<string, string>>;
  /** The error number with which this user's authorizations fail. */
  error?: number;
  /** The time that this user takes to decide, in milliseconds of the machine's time. */
  delay: number;
  lifetimes: Partial<Lifetimes>;
}

/** @throws TextError that starts with the field and says what was expected */
export function clientEntry(record: ClientRecord): ClientEntry {
  checkAddresses(record);
  const { agentTokens, rateLimit } = record;
  const publicKey =
    record.publicKey === undefined ? undefined : field('publicKey', () => readPublicKey(record.publicKey as string));
  return {
    record,
    clientId: record.clientId,
    name: record.name,
    status: record.status ?? 'ACTIVE',
    signature: record.signature ?? (publicKey === undefined ? 'optional' : 'required'),
    grantTypes: (record.grantTypes as GrantType[] | undefined) ?? ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
    scopes: record.scopes ?? '*',
    lifetimes: lifetimesOf(record.lifetimes, 'lifetimes'),
    ...(publicKey && { publicKey }),
    ...(agentTokens && { agentTokens: new Map(agentTokens.map(agentToken)) }),
    ...(rateLimit && { rateLimit: { max: rateLimit.max, per: duration(rateLimit.per, 'rateLimit.per') } }),
  };
}

function checkAddresses({ notifyUrl, redirectUrls = [] }: ClientRecord): void {
  if (notifyUrl !== undefined && !URL.canParse(notifyUrl))
    throw errorAt('notifyUrl', text('expected-notify-url', { value: notifyUrl }));
  const wrong = redirectUrls.find((entry) => !isRedirectUrlEntry(entry));
  if (wrong !== undefined) throw errorAt('redirectUrls', text('expected-redirect-urls', { value: wrong }));
}

/** @throws TextError that starts with the field and says what was expected */
export function appEntry(record: AppRecord): AppEntry {
  checkText('logo', record.logo);
  const wrong = record.callbackOrigins?.find(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin.toLowerCase(),
  );
  if (wrong !== undefined) throw errorAt('callbackOrigins', text('expected-origin', { value: wrong }));
  const { appId, name, clientId, ownApp = false, callbackOrigins } = record;
  return {
    record,
    appId,
    name,
    clientId,
    ownApp,
    ...(callbackOrigins?.length && { callbackOrigins: new Set(callbackOrigins.map((origin) => origin.toLowerCase())) }),
  };
}

/** @throws TextError that starts with the field and says what was expected */
export function userEntry(record: UserRecord): UserEntry {
  checkText('avatar', record.avatar);
  const { behaviour = {} } = record;
  return {
    ...record,
    record,
    consent: behaviour.consent,
    refuse: {
      ...Object.fromEntries((behaviour.denyScopes ?? []).map((scope) => [scope, scopeError.refused])),
      ...behaviour.scopeErrors,
    },
    ...(behaviour.error !== undefined && { error: behaviour.error }),
    delay: behaviour.delay === undefined ? 0 : Math.min(duration(behaviour.delay, 'behaviour.delay'), maxDelayMs),
    lifetimes: lifetimesOf(behaviour.lifetimes, 'behaviour.lifetimes'),
  };
}

/**
 * Converts the lifetimes of a record to milliseconds.
 * @param at the record's path, for errors
 * @throws TextError that starts with the field and says what was expected
 */
export function lifetimesOf(
  record: { [Name in keyof Lifetimes]?: string | number | undefined } | undefined,
  at: string,
): Partial<Lifetimes> {
  const named = Object.entries(record ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named.map(([name, value]) => [name, duration(value as string | number, `${at}.${name}`)]));
}

function duration(value: string | number, at: string): number {
  const milliseconds = parseDuration(value);
  if (milliseconds === undefined) throw errorAt(at, text('expected-duration'));
  return milliseconds;
}

function agentToken(token: string | { token: string; expiryTime?: string }): [string, number] {
  if (typeof token === 'string') return [token, Number.POSITIVE_INFINITY];
  const expiresAt = token.expiryTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(token.expiryTime);
  if (Number.isNaN(expiresAt)) throw errorAt('agentTokens', text('expected-expiry-time', { value: String(token.expiryTime) }));
  return [token.token, expiresAt];
}

function field<Value>(at: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw errorAt(at, textOf(error));
  }
}

/** Refuses text with half of a surrogate pair, because it cannot be part of a URL. */
function checkText(at: string, written = ''): void {
  if (/\p{Surrogate}/u.test(written)) throw errorAt(at, text('expected-well-formed'));
}
