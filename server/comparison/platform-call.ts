import { parseTime } from '../clock/time.js';
import type { Operation, Profile } from '../profiles/profile.js';
import { type Exchange, headerOf } from '../recordings/exchange.js';
import type { ResultExample } from './difference.js';
import { isObject, type JsonObject, readObject } from './json-object.js';
import { type MatchedPath, matchPath } from './match-path.js';

/** An exchange, as the profile reads it. */
export interface PlatformCall extends MatchedPath {
  exchange: Exchange;
  /** The path that was called. */
  path: string;
  clientId: string;
  /** The body of the request. Empty if it is no JSON object. */
  body: JsonObject;
  /** The body of the answer. Undefined if it is no JSON object. */
  answer: JsonObject | undefined;
  result: ResultExample;
  /** True if the platform did what it was asked for. */
  succeeded: boolean;
  /** The platform's time when it answered, in milliseconds since the epoch. */
  answeredAt: number;
  /** True if the platform's own clock told this time, and not the recorder's. */
  isPlatformTime: boolean;
}

/** Reads an exchange. */
export function readPlatformCall(exchange: Exchange, profile: Profile): PlatformCall {
  const path = new URL(exchange.request.url).pathname;
  const body = readObject(exchange.request.body) ?? {};
  const answer = exchange.response && readObject(exchange.response.body);
  const matched = matchPath(path, profile, { body, answer });
  const result = resultOf(answer);
  return {
    exchange,
    path,
    ...matched,
    clientId: headerOf(exchange.request.headers, 'client-id') ?? '',
    body,
    answer,
    result,
    succeeded: hasSucceeded(exchange, answer, result, namesIn(profile, matched.operation)),
    ...timeOf(exchange),
  };
}

/** Returns true if a call may be one to a wallet of this protocol, and not one of a page to its own server. */
export function looksLikeWalletCall({ exchange, operation, isGuess, result, clientId }: PlatformCall): boolean {
  if (exchange.notification || exchange.request.method === 'OPTIONS') return false;
  if (operation !== undefined && !isGuess) return true;
  const { headers } = exchange.request;
  const isSigned = headerOf(headers, 'signature') !== undefined || headerOf(headers, 'request-time') !== undefined;
  const hasResult = result.resultCode !== undefined && result.resultStatus !== undefined;
  return (clientId !== '' && isSigned) || hasResult;
}

function resultOf(answer: JsonObject | undefined): ResultExample {
  const { result } = answer ?? {};
  if (!isObject(result)) return {};
  const fields = ['resultCode', 'resultStatus', 'resultMessage'] as const;
  const known = fields.filter((name) => result[name] !== undefined && result[name] !== null);
  return Object.fromEntries(known.map((name) => [name, String(result[name])]));
}

/** The fields of an operation's answer. */
function namesIn({ source }: Profile, operation: Operation | undefined): string[] {
  return operation === undefined ? [] : Object.keys(source.operations[operation.name]?.response ?? {});
}

/** A platform that sends no result has succeeded if its answer has a field of the profile's answer. */
function hasSucceeded(
  { response }: Exchange,
  answer: JsonObject | undefined,
  { resultStatus }: ResultExample,
  names: readonly string[],
): boolean {
  if (resultStatus !== undefined) return resultStatus === 'S' || resultStatus === 'A';
  if (response === undefined || response.status >= 300 || answer === undefined) return false;
  return names.some((name) => Object.hasOwn(answer, name));
}

function timeOf({ at, durationMs, response }: Exchange): Pick<PlatformCall, 'answeredAt' | 'isPlatformTime'> {
  const headers = response?.headers ?? [];
  const told = parseTime(headerOf(headers, 'response-time') ?? '')?.at;
  if (told !== undefined) return { answeredAt: told, isPlatformTime: true };
  const date = Date.parse(headerOf(headers, 'date') ?? '');
  return { answeredAt: Number.isNaN(date) ? at + durationMs : date, isPlatformTime: false };
}
