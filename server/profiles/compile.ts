import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDuration } from '../clock/duration.js';
import type { EngineEvent } from '../engine/events.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import type { Lifetimes } from '../engine/parties.js';
import { type ScopeRule, Scopes } from '../engine/scopes.js';
import { packageRoot } from '../package-root.js';
import { compileContent } from '../signing/content.js';
import { checkSources } from './check-sources.js';
import { compileOperations } from './compile-operations.js';
import { converterContext } from './converters.js';
import { withErrorPath } from './error-path.js';
import type { Jsapi, Profile, WireCode } from './profile.js';
import type { JsapiSource, ProfileSource } from './schema.js';
import { compileReference, compileTree, type Tree } from './tree.js';
import { jsapiAnswerVariables, jsapiFailureVariables, notificationVariables, scopeReadVariables } from './tree-variables.js';

/**
 * Compiles a profile that matches the schema.
 * @param baseUrl returns the emulator's address. It is called when an answer needs it, because the port is not known before the start.
 * @throws Error that names the field and what was expected
 */
export function compileProfile(profile: ProfileSource, baseUrl: () => string): Profile {
  const source = { ...profile, scopes: resolveAliases(profile) };
  checkMark(source.brand.mark);
  checkSources(source);
  return {
    name: source.name,
    source,
    operations: compileOperations(source),
    scopes: compileScopes(source, baseUrl),
    declaredScopes: new Set(Object.values(source.operations).flatMap(({ scope }) => (scope === undefined ? [] : [scope]))),
    codes: Object.fromEntries(outcomeNames.map((name) => [name, source.codes[name]])) as Record<OutcomeName, WireCode>,
    scenarioCodes: compileScenarioCodes(source),
    lifetimes: compileLifetimes(source),
    signedRequest: withErrorPath('signature.request', () => compileContent(source.signature.request)),
    signedResponse: withErrorPath('signature.response', () => compileContent(source.signature.response)),
    prefixes: source.prefixes ?? [''],
    jsapis: new Map(Object.entries(source.jsapis).map(([name, jsapi]) => [name, compileJsapi(name, jsapi, source)])),
    notifications: compileNotifications(source),
  };
}

/** The folder of the wallets' pictures. */
const marks = join(packageRoot, 'views', 'assets');

function checkMark(mark: string | undefined): void {
  if (mark === undefined || (basename(mark) === mark && existsSync(join(marks, mark)))) return;
  const known = readdirSync(marks).filter((file) => file.startsWith('mark-'));
  throw new Error(`brand.mark: expected one of ${known.join(', ')}, or none, got ${mark}`);
}

/** An alias gets everything of the scope that it stands for, except the name. */
function resolveAliases({ scopes }: ProfileSource): ProfileSource['scopes'] {
  const resolved = Object.entries(scopes).map(([name, scope]) => {
    if (scope.alias === undefined) {
      if (scope.consent === undefined) throw new Error(`scopes.${name}.consent: missing; expected silent or asked`);
      return [name, scope] as const;
    }
    const target = Object.hasOwn(scopes, scope.alias) ? scopes[scope.alias] : undefined;
    if (target === undefined || target.alias !== undefined)
      throw new Error(`scopes.${name}.alias: expected one of the profile's scopes, got ${scope.alias}`);
    return [name, { ...target, covers: [scope.alias, ...(target.covers ?? [])] }] as const;
  });
  return Object.fromEntries(resolved);
}

function compileScenarioCodes({ codes, scenarioCodes = {} }: ProfileSource): Map<string, WireCode> {
  for (const name of Object.keys(scenarioCodes)) {
    const outcome = outcomeNames.find((candidate) => candidate === name || codes[candidate]?.code === name);
    if (outcome !== undefined)
      throw new Error(`scenarioCodes.${name}: expected a code that is not among codes, but it means ${outcome} there`);
  }
  return new Map(Object.entries(scenarioCodes).map(([code, { status }]) => [code, { code, status }]));
}

function compileJsapi(name: string, jsapi: JsapiSource, source: ProfileSource): Jsapi {
  const { verb, scopes, answer, failure, errors = {}, purpose, refusal } = jsapi;
  const at = `jsapis.${name}`;
  const unknown = scopes?.find((scope) => !Object.hasOwn(source.scopes, scope));
  if (unknown !== undefined) throw new Error(`${at}.scopes: expected the profile's scopes, got ${unknown}`);
  for (const [field, value] of Object.entries({ purpose, refusal }))
    if (value !== undefined && verb !== 'authorize')
      throw new Error(`${at}.${field}: allowed only with the verb authorize, and this verb is ${verb}`);
  return {
    name,
    verb,
    errors,
    refusesSilentScopes: refusal === 'all',
    ...(purpose !== undefined && { purpose }),
    ...(scopes && { scopes }),
    ...(answer && { answer: withErrorPath(`${at}.answer`, () => compileTree(answer, '', jsapiAnswerVariables(jsapi))) }),
    ...(failure && { failure: withErrorPath(`${at}.failure`, () => compileTree(failure, '', jsapiFailureVariables)) }),
  };
}

function compileNotifications({ notifications = {} }: ProfileSource): Map<EngineEvent['name'], Tree> {
  const bodies = Object.entries(notifications) as [EngineEvent['name'], unknown][];
  return new Map(
    bodies.map(([event, body]) => [
      event,
      withErrorPath(`notifications.${event}`, () => compileTree(body, '', notificationVariables[event])),
    ]),
  );
}

/** The fields of a user that a tree names: `nickName` of `$user.nickName`. */
function userFieldsIn(reads: unknown): string[] {
  return [...new Set(Array.from(JSON.stringify(reads).matchAll(/\$user\.(extra\.\w+|\w+)/g), ([, field]) => field as string))];
}

function compileScopes(source: ProfileSource, baseUrl: () => string): Scopes {
  const rules = Object.entries(source.scopes).map(([name, scope]): ScopeRule => {
    const at = `scopes.${name}`;
    const unknown = scope.covers?.find((covered) => !Object.hasOwn(source.scopes, covered));
    if (unknown !== undefined) throw new Error(`${at}.covers: expected the profile's scopes, got ${unknown}`);
    const tree = scope.reads && withErrorPath(`${at}.reads`, () => compileTree(scope.reads, '', scopeReadVariables));
    const { customerId: reference } = scope;
    const customerId = reference && withErrorPath(at, () => compileReference(reference, '/customerId', scopeReadVariables));
    return {
      name,
      silent: scope.consent === 'silent',
      silentForOwnApps: scope.ownApps === 'silent',
      required: scope.required === true,
      grantsCharge: scope.grants === 'charge',
      covers: new Set([name, ...(scope.covers ?? [])]),
      ...(customerId && {
        customerId: (user: object) => customerId({ user }, converterContext(source, baseUrl)) as string | undefined,
      }),
      ...(tree && {
        fields: userFieldsIn(scope.reads),
        read: (user: object, address?: string) =>
          (tree(
            { user },
            converterContext(source, () => address ?? baseUrl()),
          ) ?? {}) as Record<string, unknown>,
      }),
    };
  });
  checkCovers(new Map(rules.map(({ name, covers }) => [name, [...covers].filter((covered) => covered !== name)])));
  return new Scopes(rules);
}

/** Rejects scopes that cover each other, directly or through others. */
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
