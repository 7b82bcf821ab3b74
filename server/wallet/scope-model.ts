import { readsAnything, readUser } from '../engine/user-info.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { scopeTitle } from '../pages/scope-text.js';
import type { UserEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { claimsInWords, type Fact } from './claims-text.js';

export interface ScopeModelInput {
  tenant: Tenant;
  user: UserEntry;
  lang: string;
  /** Scopes that were unticked before the user was changed. */
  unticked: ReadonlySet<string> | undefined;
}

/** The scopes of a consent screen that give access to data, by the profile's groups. */
export function scopeGroups(scopes: readonly string[], input: ScopeModelInput) {
  const groups = new Map<string, ReturnType<typeof dataModel>[]>();
  for (const scope of scopes) {
    const key = input.tenant.profile.source.scopes[scope]?.group ?? 'other';
    const model = dataModel(scope, input);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [model]);
    else group.push(model);
  }
  const words = catalogue(input.lang);
  return Array.from(groups, ([key, listed]) => ({ key, title: phrase(words, `groups.${key}`) ?? key, scopes: listed }));
}

/** The scopes of a consent screen that are a right to charge the user. */
export function chargeModels(scopes: readonly string[], input: ScopeModelInput) {
  return scopes.map((scope) => scopeModel(scope, input));
}

function scopeModel(scope: string, { tenant: { profile }, user, lang, unticked }: ScopeModelInput) {
  const source = profile.source.scopes[scope];
  const words = source?.words?.[lang] ?? source?.words?.en;
  return {
    name: scope,
    title: scopeTitle(profile, scope, lang),
    description: words?.description ?? phrase(catalogue(lang), `scopes.${scope}.description`) ?? '',
    required: source?.required === true,
    checked: !(scope in user.refuse) && !unticked?.has(scope),
  };
}

function dataModel(scope: string, input: ScopeModelInput) {
  const { profile } = input.tenant;
  const claims = readUser(input.user, [scope], profile.scopes);
  const facts = claimsInWords(claims, input.lang).map(factModel);
  const givesUserId = profile.source.scopes[scope]?.reads?.userId !== undefined;
  return {
    ...scopeModel(scope, input),
    ...(fitsLine(facts) ? { line: facts } : { details: facts }),
    nothing: readsAnything([scope], profile.scopes) && !givesUserId && isEmpty({ ...claims, userId: undefined }),
  };
}

const longestLine = 80;

/** Returns true if the data of a scope is short enough to show below its title: one or two plain facts, or a picture. */
function fitsLine(facts: readonly ReturnType<typeof factModel>[]): boolean {
  const [first] = facts;
  if (first?.picture) return facts.length === 1;
  const length = facts.reduce((sum, { text }) => sum + text.length, 0);
  return (
    facts.length > 0 && facts.length <= 2 && length <= longestLine && facts.every((fact) => 'pieces' in fact && !fact.picture)
  );
}

const fingerprint = /^[0-9a-f]{64}$/i;

/** A fact, split where a line may break. A fingerprint is shown by its first and last characters, which is what people compare. */
function factModel(fact: Fact) {
  const { text } = fact;
  if (fingerprint.test(text)) return { ...fact, fingerprint: `${text.slice(0, 8)}…${text.slice(-8)}` };
  return { ...fact, pieces: text.split(/(?<=[@.])(?=\S)/) };
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
  return value === undefined || value === null || value === '';
}
