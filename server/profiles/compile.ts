import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDuration } from '../clock/duration.js';
import type { eventNames } from '../engine/events.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import type { Lifetimes } from '../engine/parties.js';
import { type ScopeRule, Scopes } from '../engine/scopes.js';
import { packageRoot } from '../package-root.js';
import { type ContentTemplate, compileContent } from '../signing/content.js';
import type { Surroundings } from './converters.js';
import type { FieldsReader } from './fields.js';
import { namesInAnswer, namesInFailure, namesInNotification, namesInReads } from './known-names.js';
import { compileOperations } from './operations.js';
import { place } from './place.js';
import type { JsapiSource, ProfileSource, verbs } from './schema.js';
import { compileTree, type Tree } from './tree.js';

/** An operation of the wallet's OpenAPI, ready for use. */
export interface Operation {
  name: string;
  verb: (typeof verbs)[number];
  paths: readonly string[];
  readFields: FieldsReader;
  response: Tree;
  /** read-declared: the scope that the token needs. */
  scope?: string;
  /** exchange: what cannot be read of the user is refused, and a live access token does as well as a code. */
  withUserInfo: boolean;
  /** The answer says something of the user's information. */
  mentionsUserInfo: boolean;
  /** read-declared: expired and revoked tokens are answered too. */
  anyToken: boolean;
  /** The engine's name of a field → the wire's, for messages. */
  wireName(field: string): string;
}

type EventName = (typeof eventNames)[number];

/** A JSAPI of the wallet, ready for use. */
export interface Jsapi {
  name: string;
  verb: JsapiSource['verb'];
  /** The only scopes that it takes; absent: all of the wallet. */
  scopes?: readonly string[];
  answer?: Tree;
  failure?: Tree;
  errors: Readonly<Record<string, number>>;
}

export interface WireCode {
  code: string;
  status: 'S' | 'F' | 'U' | 'A';
  /** The resultMessage of what was done. */
  message?: string;
}

/** A wallet profile, ready for use: everything that is looked up is a map, everything that is checked is compiled. */
export interface Profile {
  name: string;
  source: ProfileSource;
  /** Path, with its prefix → operation. */
  operations: ReadonlyMap<string, Operation>;
  scopes: Scopes;
  /** Scopes that an operation is declared for. */
  declaredScopes: ReadonlySet<string>;
  codes: Readonly<Record<OutcomeName, WireCode>>;
  /** Milliseconds. */
  lifetimes: Lifetimes;
  signedRequest: ContentTemplate;
  signedResponse: ContentTemplate;
  /** What every path begins with, the usual one first; one of them may be empty. */
  prefixes: readonly string[];
  jsapis: ReadonlyMap<string, Jsapi>;
  /** Event → the body that merchants are sent. */
  notifications: ReadonlyMap<string, Tree>;
}

/**
 * Compiles what a profile's file says.
 * @param baseUrl the emulator's address, asked for when an answer needs it: the port may not be known yet
 * @throws Error that names the place in the file and what was expected
 */
export function compileProfile(written: ProfileSource, baseUrl: () => string): Profile {
  const source = { ...written, scopes: resolveAliases(written) };
  checkMark(source.brand.mark);
  const prefixes = source.prefixes ?? [''];
  return {
    name: source.name,
    source,
    operations: compileOperations(source, prefixes),
    scopes: compileScopes(source, baseUrl),
    declaredScopes: new Set(Object.values(source.operations).flatMap(({ scope }) => (scope === undefined ? [] : [scope]))),
    codes: Object.fromEntries(outcomeNames.map((name) => [name, source.codes[name]])) as Record<OutcomeName, WireCode>,
    lifetimes: compileLifetimes(source),
    signedRequest: place('signature.request', () => compileContent(source.signature.request)),
    signedResponse: place('signature.response', () => compileContent(source.signature.response)),
    prefixes,
    jsapis: new Map(Object.entries(source.jsapis).map(([name, jsapi]) => [name, compileJsapi(name, jsapi, source)])),
    notifications: new Map(
      Object.entries(source.notifications ?? {}).map(([event, body]) => [
        event,
        place(`notifications.${event}`, () => compileTree(body, '', namesInNotification[event as EventName])),
      ]),
    ),
  };
}

/** The pictures of wallets that the pages can show. */
const marks = join(packageRoot, 'views', 'assets');

function checkMark(mark: string | undefined): void {
  if (mark === undefined || (basename(mark) === mark && existsSync(join(marks, mark)))) return;
  const known = readdirSync(marks).filter((file) => file.startsWith('mark-'));
  throw new Error(`brand.mark: expected one of ${known.join(', ')}, or none, got ${mark}`);
}

/** A scope that is another's name has all of it but the name. */
function resolveAliases({ scopes }: ProfileSource): ProfileSource['scopes'] {
  const resolved = Object.entries(scopes).map(([name, scope]) => {
    if (scope.alias === undefined) {
      if (scope.consent === undefined) throw new Error(`scopes.${name}.consent: expected silent or asked, and it is missing`);
      return [name, scope] as const;
    }
    const target = Object.hasOwn(scopes, scope.alias) ? scopes[scope.alias] : undefined;
    if (target === undefined || target.alias !== undefined)
      throw new Error(`scopes.${name}.alias: expected one of the profile's scopes, got ${scope.alias}`);
    return [name, { ...target, covers: [scope.alias, ...(target.covers ?? [])] }] as const;
  });
  return Object.fromEntries(resolved);
}

function compileJsapi(name: string, jsapi: JsapiSource, source: ProfileSource): Jsapi {
  const { verb, scopes, answer, failure, errors = {} } = jsapi;
  const at = `jsapis.${name}`;
  const unknown = scopes?.find((scope) => !Object.hasOwn(source.scopes, scope));
  if (unknown !== undefined) throw new Error(`${at}.scopes: expected the profile's scopes, got ${unknown}`);
  return {
    name,
    verb,
    errors,
    ...(scopes && { scopes }),
    ...(answer && { answer: place(`${at}.answer`, () => compileTree(answer, '', namesInAnswer(jsapi))) }),
    ...(failure && { failure: place(`${at}.failure`, () => compileTree(failure, '', namesInFailure)) }),
  };
}

function compileScopes(source: ProfileSource, baseUrl: () => string): Scopes {
  const rules = Object.entries(source.scopes).map(([name, scope]): ScopeRule => {
    const at = `scopes.${name}`;
    const unknown = scope.covers?.find((covered) => !Object.hasOwn(source.scopes, covered));
    if (unknown !== undefined) throw new Error(`${at}.covers: expected the profile's scopes, got ${unknown}`);
    const tree = scope.reads && place(`${at}.reads`, () => compileTree(scope.reads, '', namesInReads));
    return {
      name,
      silent: scope.consent === 'silent',
      silentForOwnApps: scope.ownApps === 'silent',
      required: scope.required === true,
      covers: new Set([name, ...(scope.covers ?? [])]),
      ...(tree && { read: (user: object) => (tree({ user }, surroundings(source, baseUrl)) ?? {}) as Record<string, unknown> }),
    };
  });
  checkCovers(new Map(rules.map(({ name, covers }) => [name, [...covers].filter((covered) => covered !== name)])));
  return new Scopes(rules);
}

/** Two scopes that stand for each other say nothing of either. */
function checkCovers(covers: ReadonlyMap<string, readonly string[]>): void {
  const reaches = (from: string, scope: string, seen: Set<string>): boolean =>
    from === scope ||
    (!seen.has(from) && seen.add(from) !== undefined && (covers.get(from) ?? []).some((next) => reaches(next, scope, seen)));
  for (const [scope, covered] of covers) {
    const back = covered.find((other) => reaches(other, scope, new Set()));
    if (back !== undefined) throw new Error(`scopes.${scope}.covers: expected scopes that do not cover it in turn, got ${back}`);
  }
}

function compileLifetimes(source: ProfileSource): Lifetimes {
  const read = (name: keyof Lifetimes) => {
    const lifetime = parseDuration(source.lifetimes[name]);
    if (lifetime === undefined) throw new Error(`lifetimes.${name}: expected an ISO 8601 duration, or a number of seconds`);
    return lifetime;
  };
  return { authCode: read('authCode'), accessToken: read('accessToken'), refreshToken: read('refreshToken') };
}

/** Which of the wallet's prefixes a path begins with; empty where with none. */
export function prefixOf({ prefixes }: Profile, path: string): string {
  return prefixes.find((prefix) => prefix !== '' && path.startsWith(`${prefix}/`)) ?? '';
}

/** What converters need to know, of this wallet here. */
export function surroundings({ timeOffset }: { timeOffset: string }, baseUrl: () => string): Surroundings {
  return {
    timeOffset,
    get baseUrl() {
      return baseUrl();
    },
  };
}
