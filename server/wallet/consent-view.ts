import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import type { WantedScopes } from '../engine/scopes.js';
import type { Ticket } from '../engine/store.js';
import { readsAnything, readUser } from '../engine/user-info.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { noteInWords } from '../pages/note-text.js';
import { mask } from '../profiles/converters.js';
import type { AppEntry, UserEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { claimsInWords, type Fact } from './claims-text.js';
import type { DrawerAnswer } from './drawer.js';
import type { FormState } from './form-state.js';

/** Where a visitor reaches the emulator: its address and its paths' beginning, both with a possible `/t/<tenant>`. */
export interface Place {
  base: string;
  prefix: string;
}

export interface ConsentModelInput {
  tenant: Tenant;
  ticket: Ticket;
  app: AppEntry | undefined;
  user: UserEntry;
  wanted: WantedScopes;
  lang: string;
  place: Place;
  /** What was done on the screen before the user was changed. */
  formState?: FormState | undefined;
}

/** What the consent screen is filled in with: who asks, who shares, and each scope in a person's words. */
export function consentModel({ tenant, ticket, app, user, wanted, lang, place, formState }: ConsentModelInput) {
  const { consent } = tenant.profile.source;
  return {
    ...walletModel(tenant, lang, place),
    mode: ticket.origin === undefined ? 'page' : 'sheet',
    action: `${place.prefix}/wallet/consent?id=${encodeURIComponent(ticket.ticketId)}&lang=${lang}`,
    app: appModel(tenant, ticket, app, place),
    user: {
      userId: user.userId,
      name: user.record.name,
      avatar: fileUrl(user.record.avatar, place),
      initials: initials(user.record.name),
      detail: loginOf(user),
    },
    users: Array.from(tenant.users.all(), ({ userId, record }) => ({
      userId,
      name: record.name,
      locale: record.locale,
      note: noteInWords(record, lang),
      selected: userId === user.userId,
    })),
    choice: consent.choice,
    words: {
      allow: consent.words?.[lang]?.allow ?? phrase(catalogue(lang), 'consent.allow'),
      refuse: consent.words?.[lang]?.refuse ?? phrase(catalogue(lang), 'consent.deny'),
    },
    agreement: ticket.contract !== undefined || wanted.ask.every((scope) => tenant.profile.scopes.get(scope)?.grantsCharge),
    formState: formState !== undefined,
    groups: groups(tenant, user, wanted.ask, lang, formState?.unticked),
    contract: ticket.contract === undefined ? null : { description: ticket.contract },
    drawer: tenant.settings.drawer ? drawerModel(wanted, lang, formState?.drawer) : null,
  };
}

/** The error numbers that a tester may choose from. */
const drawerErrors = [
  jsapiError.refused,
  jsapiError.cancelled,
  jsapiError.network,
  jsapiError.invalidParameters,
  jsapiError.unknown,
  jsapiError.notPermitted,
  jsapiError.unknownOther,
  jsapiError.system,
];

/** The codes that a tester may choose from for a single scope. */
const drawerScopeErrors = [scopeError.refused, scopeError.unavailable];

function drawerModel(
  { ask }: WantedScopes,
  lang: string,
  { error, delay = 0, refuse = {}, always = false }: Partial<DrawerAnswer> = {},
) {
  const [refuseCode] = Object.values(refuse);
  return {
    delay,
    always,
    scopes: ask.map((name) => ({ name, refused: Object.hasOwn(refuse, name) })),
    errors: drawerErrors.map((code) => ({
      code,
      text: phrase(catalogue(lang), code === jsapiError.network ? 'drawer.timeout' : `errors.${code}`) ?? '',
      selected: code === error,
    })),
    refuseCodes: drawerScopeErrors.map((code) => ({
      code,
      text: phrase(catalogue(lang), `scopeErrors.${code}`) ?? '',
      selected: code === refuseCode,
    })),
  };
}

/** By what the user knows their own account, its middle hidden. */
function loginOf({ record: { loginIdInfos } }: UserEntry): string | null {
  const login = loginIdInfos?.[0]?.loginId;
  return login === undefined ? null : mask(login);
}

/** What every page of the wallet is filled in with. */
export function walletModel(tenant: Tenant, lang: string, { prefix }: Place) {
  const { brand } = tenant.profile.source;
  const assets = `${prefix}/assets`;
  return {
    lang,
    assets,
    wallet: {
      name: brand.name,
      mark: brand.mark === undefined ? null : `${assets}/${brand.mark}`,
      color: brand.color,
      colorDark: brand.colorDark,
    },
  };
}

/** Who asks: the mini program; without one the client's only mini program, else the client. */
export function appModel(tenant: Tenant, { clientId }: { clientId: string }, app: AppEntry | undefined, place: Place) {
  const apps = app === undefined ? tenant.appsOf(clientId) : [app];
  const shown = apps.length === 1 ? apps[0] : undefined;
  const name = shown?.name ?? tenant.clients.get(clientId)?.name ?? clientId;
  return { name, logo: fileUrl(shown?.record.logo, place), initials: initials(name), termsUrl: shown?.record.termsUrl ?? null };
}

/** A fixture's file as a visitor's browser reaches it. */
export function fileUrl(file: string | undefined, { prefix }: Place): string | null {
  if (file === undefined) return null;
  return /^(https?|data):/i.test(file) ? file : `${prefix}/wallet/files/${encodeURI(file.replace(/^\/+/, ''))}`;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? String.fromCodePoint(word.codePointAt(0) as number) : ''))
    .join('')
    .toUpperCase();
}

function groups(tenant: Tenant, user: UserEntry, scopes: readonly string[], lang: string, unticked?: ReadonlySet<string>) {
  const words = catalogue(lang);
  const grouped = new Map<string, ReturnType<typeof scopeModel>[]>();
  for (const scope of scopes) {
    const key = tenant.profile.source.scopes[scope]?.group ?? 'other';
    const model = { ...scopeModel(tenant, user, scope, lang), checked: !(scope in user.refuse) && !unticked?.has(scope) };
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [model]);
    else group.push(model);
  }
  return Array.from(grouped, ([key, listed]) => ({ key, title: phrase(words, `groups.${key}`) ?? key, scopes: listed }));
}

function scopeModel(tenant: Tenant, user: UserEntry, scope: string, lang: string) {
  const { profile } = tenant;
  const own = profile.source.scopes[scope];
  const words = own?.words?.[lang] ?? own?.words?.en;
  const claims = readUser(user, [scope], profile.scopes);
  return {
    name: scope,
    title: words?.title ?? phrase(catalogue(lang), `scopes.${scope}.title`) ?? scope,
    description: words?.description ?? phrase(catalogue(lang), `scopes.${scope}.description`) ?? '',
    required: own?.required === true,
    value: claimsInWords(claims, lang).map(factModel),
    nothing:
      readsAnything([scope], profile.scopes) && own?.reads?.userId === undefined && isEmpty({ ...claims, userId: undefined }),
  };
}

const fingerprint = /^[0-9a-f]{64}$/i;

/** A fact in pieces between which a line may break; a fingerprint by its ends, which is how people compare them. */
function factModel(fact: Fact) {
  const { text } = fact;
  if (fingerprint.test(text)) return { ...fact, fingerprint: `${text.slice(0, 8)}…${text.slice(-8)}` };
  return { ...fact, pieces: text.split(/(?<=[@.])(?=\S)/) };
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
  return value === undefined || value === null || value === '';
}
