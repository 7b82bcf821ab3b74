import { readsAnything, readUser } from '../engine/user-info.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { scopeTitle } from '../pages/scope-text.js';
import type { UserEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { claimsInWords, type Fact } from './claims-text.js';

/**
 * The scopes of a consent screen, by the profile's groups.
 * @param unticked scopes that were unticked before the user was changed
 */
export function scopeGroups(
  tenant: Tenant,
  user: UserEntry,
  scopes: readonly string[],
  lang: string,
  unticked?: ReadonlySet<string>,
) {
  const groups = new Map<string, ReturnType<typeof scopeModel>[]>();
  for (const scope of scopes) {
    const key = tenant.profile.source.scopes[scope]?.group ?? 'other';
    const model = { ...scopeModel(tenant, user, scope, lang), checked: !(scope in user.refuse) && !unticked?.has(scope) };
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [model]);
    else group.push(model);
  }
  const words = catalogue(lang);
  return Array.from(groups, ([key, listed]) => ({ key, title: phrase(words, `groups.${key}`) ?? key, scopes: listed }));
}

function scopeModel(tenant: Tenant, user: UserEntry, scope: string, lang: string) {
  const { profile } = tenant;
  const source = profile.source.scopes[scope];
  const words = source?.words?.[lang] ?? source?.words?.en;
  const claims = readUser(user, [scope], profile.scopes);
  const givesUserId = source?.reads?.userId !== undefined;
  return {
    name: scope,
    title: scopeTitle(profile, scope, lang),
    description: words?.description ?? phrase(catalogue(lang), `scopes.${scope}.description`) ?? '',
    required: source?.required === true,
    value: claimsInWords(claims, lang).map(factModel),
    nothing: readsAnything([scope], profile.scopes) && !givesUserId && isEmpty({ ...claims, userId: undefined }),
  };
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
