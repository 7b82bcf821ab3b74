import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDuration } from '../clock/duration.js';
import type { EngineEvent } from '../engine/events.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import type { Lifetimes } from '../engine/parties.js';
import { type ScopeRule, Scopes } from '../engine/scopes.js';
import { packageRoot } from '../package-root.js';
import { compileContent } from '../signing/content.js';
import { text } from '../texts/text.js';
import { errorAt, inside } from '../texts/text-error.js';
import { checkSources } from './check-sources.js';
import { compileOperations } from './compile-operations.js';
import { converterContext } from './converters.js';
import type { JsapiSource } from './jsapi-schema.js';
import type { Jsapi, Profile, WireCode } from './profile.js';
import type { ProfileSource } from './schema.js';
import { compileReference, compileTree, type Tree } from './tree.js';
import { jsapiAnswerVariables, jsapiFailureVariables, notificationVariables, scopeReadVariables } from './tree-variables.js';

/**
 * Compiles a profile that matches the schema.
 * @param baseUrl returns the emulator's address. It is called when an answer needs it, because the port is not known before the start.
 * @throws TextError at the field
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
    signedRequest: inside('signature.request', () => compileContent(source.signature.request)),
    signedResponse: inside('signature.response', () => compileContent(source.signature.response)),
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
  throw errorAt('brand.mark', text('mark-unknown', { known, mark }));
}

/** An alias gets everything of the scope that it stands for, except the name. */
function resolveAliases({ scopes }: ProfileSource): ProfileSource['scopes'] {
  const resolved = Object.entries(scopes).map(([name, scope]) => {
    if (scope.alias === undefined) {
      if (scope.consent === undefined) throw errorAt(`scopes.${name}.consent`, text('consent-missing'));
      return [name, scope] as const;
    }
    const target = Object.hasOwn(scopes, scope.alias) ? scopes[scope.alias] : undefined;
    if (target === undefined || target.alias !== undefined)
      throw errorAt(`scopes.${name}.alias`, text('profile-scope-unknown', { scope: scope.alias }));
    return [name, { ...target, covers: [scope.alias, ...(target.covers ?? [])] }] as const;
  });
  return Object.fromEntries(resolved);
}

function compileScenarioCodes({ codes, scenarioCodes = {} }: ProfileSource): Map<string, WireCode> {
  for (const name of Object.keys(scenarioCodes)) {
    const outcome = outcomeNames.find((candidate) => candidate === name || codes[candidate]?.code === name);
    if (outcome !== undefined) throw errorAt(`scenarioCodes.${name}`, text('scenario-code-taken', { outcome }));
  }
  return new Map(Object.entries(scenarioCodes).map(([code, { status }]) => [code, { code, status }]));
}

function compileJsapi(name: string, jsapi: JsapiSource, source: ProfileSource): Jsapi {
  const { verb, scopes, answer, failure, errors = {}, purpose, refusal } = jsapi;
  const at = `jsapis.${name}`;
  checkScopes(`${at}.scopes`, scopes, source);
  for (const [field, value] of Object.entries({ purpose, refusal }))
    if (value !== undefined && verb !== 'authorize')
      throw errorAt(`${at}.${field}`, text('verb-wrong', { expected: 'authorize', verb }));
  return {
    name,
    verb,
    errors,
    refusesSilentScopes: refusal === 'all',
    ...(purpose !== undefined && { purpose }),
    ...(scopes && { scopes }),
    ...(answer && { answer: compileTree(answer, `${at}.answer`, jsapiAnswerVariables(jsapi)) }),
    ...(failure && { failure: compileTree(failure, `${at}.failure`, jsapiFailureVariables) }),
  };
}

function compileNotifications({ notifications = {} }: ProfileSource): Map<EngineEvent['name'], Tree> {
  const bodies = Object.entries(notifications) as [EngineEvent['name'], unknown][];
  return new Map(
    bodies.map(([event, body]) => [event, compileTree(body, `notifications.${event}`, notificationVariables[event])]),
  );
}

/** The fields of a user that a tree names: `nickName` of `$user.nickName`. */
function userFieldsIn(reads: unknown): string[] {
  return [...new Set(Array.from(JSON.stringify(reads).matchAll(/\$user\.(extra\.\w+|\w+)/g), ([, field]) => field as string))];
}

function compileScopes(source: ProfileSource, baseUrl: () => string): Scopes {
  const rules = Object.entries(source.scopes).map(([name, scope]): ScopeRule => {
    const at = `scopes.${name}`;
    checkScopes(`${at}.covers`, scope.covers, source);
    const tree = scope.reads && compileTree(scope.reads, `${at}.reads`, scopeReadVariables);
    const customerId = scope.customerId && compileReference(scope.customerId, `${at}.customerId`, scopeReadVariables);
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

function checkScopes(at: string, names: readonly string[] = [], { scopes }: ProfileSource): void {
  const unknown = names.find((name) => !Object.hasOwn(scopes, name));
  if (unknown !== undefined) throw errorAt(at, text('profile-scopes-unknown', { scope: unknown }));
}

/** Rejects scopes that cover each other, directly or through others. */
function checkCovers(covers: ReadonlyMap<string, readonly string[]>): void {
  const reaches = (from: string, scope: string, seen: Set<string>): boolean =>
    from === scope ||
    (!seen.has(from) && seen.add(from) !== undefined && (covers.get(from) ?? []).some((next) => reaches(next, scope, seen)));
  for (const [scope, covered] of covers) {
    const back = covered.find((other) => reaches(other, scope, new Set()));
    if (back !== undefined) throw errorAt(`scopes.${scope}.covers`, text('covers-circular', { scope: back }));
  }
}

function compileLifetimes(source: ProfileSource): Lifetimes {
  const read = (name: keyof Lifetimes) => {
    const lifetime = parseDuration(source.lifetimes[name]);
    if (lifetime === undefined) throw errorAt(`lifetimes.${name}`, text('expected-duration'));
    return lifetime;
  };
  return { authCode: read('authCode'), accessToken: read('accessToken'), refreshToken: read('refreshToken') };
}
