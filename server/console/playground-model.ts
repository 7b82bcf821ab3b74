import type { FastifyRequest } from 'fastify';
import { catalogue, phrase, sayIn } from '../pages/catalogues.js';
import { activeInWords, libraryInWords, scenarioTitle } from '../pages/library-text.js';
import { scopeTitle } from '../pages/scope-text.js';
import type { Jsapi, Profile } from '../profiles/profile.js';
import { library } from '../scenarios/library.js';
import { firstScreenScenario } from '../tenants/active-scenarios.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import type { Tenant } from '../tenants/tenant.js';

/** A call that the mini program of the playground can make. */
export interface Offer {
  /** The value of the choice: the JSAPI, and `+prepare` if the server starts the authorization. */
  id: string;
  jsapi: string;
  kind: 'authorize' | 'prepare' | 'answer';
  /** The scopes to choose from. */
  scopes: readonly string[];
  /** The scopes that are chosen at first. */
  chosen: readonly string[];
  /** The field of the answer that has the code. */
  codeField: string;
  /** The parameter that says what the data is for. */
  purpose?: string;
}

/** A scope that no wallet has, to see what a wallet answers then. */
export const unknownScope = 'NOT_A_SCOPE';

/** All calls that the wallet's profile offers to mini programs. */
export function offersOf(profile: Profile): Offer[] {
  const jsapis = [...profile.jsapis.values()];
  const prepared = preparedScopes(profile);
  const opens = jsapis.filter(({ verb }) => verb === 'open');
  const openers = opens.length > 0 ? opens : jsapis.filter(({ name }) => name === 'getAuthCode');
  return [
    ...jsapis.filter(({ verb }) => verb === 'authorize').map((jsapi) => authorizeOffer(profile, jsapi)),
    ...(prepared === undefined ? [] : openers.map((jsapi) => prepareOffer(jsapi, prepared))),
    ...jsapis.filter(({ verb }) => verb === 'answer').map(answerOffer),
  ];
}

function authorizeOffer(profile: Profile, { name, scopes, answer, purpose }: Jsapi): Offer {
  return {
    id: name,
    jsapi: name,
    kind: 'authorize',
    scopes: scopes ?? [...profile.scopes.names(), unknownScope],
    chosen: scopes ?? usualScopes(profile),
    codeField: codeFieldOf(profile, name) ?? (answer === undefined ? 'authCode' : ''),
    ...(purpose !== undefined && { purpose }),
  };
}

function prepareOffer({ name }: Jsapi, scopes: Pick<Offer, 'scopes' | 'chosen'>): Offer {
  return { id: `${name}+prepare`, jsapi: name, kind: 'prepare', ...scopes, codeField: 'authCode' };
}

function answerOffer({ name }: Jsapi): Offer {
  return { id: name, jsapi: name, kind: 'answer', scopes: [], chosen: [], codeField: '' };
}

/** The name under which the profile's own answer has the code. */
function codeFieldOf({ source }: Profile, jsapi: string): string | undefined {
  return Object.entries(source.jsapis[jsapi]?.answer ?? {}).find(([, value]) => value === '$authCode')?.[0];
}

/** The scopes of the wallet's contracts: a right to charge at first, if the wallet has one. */
function preparedScopes({ operations, source, scopes }: Profile): Pick<Offer, 'scopes' | 'chosen'> | undefined {
  const operation = [...operations.values()].find(({ verb }) => verb === 'start');
  if (operation === undefined) return undefined;
  const known = source.operations[operation.name]?.request.scopes?.enum ?? scopes.names();
  const charge = known.filter((name) => scopes.get(name)?.grantsCharge === true);
  return { scopes: known, chosen: charge.length > 0 ? charge : known.slice(0, 1) };
}

/** A mini program usually asks for these scopes first, to know the user. */
function usualScopes({ source }: Profile): string[] {
  const asked = Object.entries(source.scopes).filter(([, { consent, alias }]) => consent === 'asked' && alias === undefined);
  const identity = asked.filter(([, { group, covers, customerId }]) => group === 'identity' && !covers && !customerId);
  return (identity.length > 0 ? identity : asked.slice(0, 1)).map(([name]) => name);
}

/** The choice in the address of the playground. */
export interface Choice {
  offer: Offer;
  scopes: readonly string[];
  /** True if the mini program asks as soon as it is open. */
  atLoad: boolean;
}

/** Reads the choice. What the wallet does not have is left out, so that a link to another wallet's choice still works. */
export function choiceOf(profile: Profile, query: Record<string, unknown>): Choice | undefined {
  const offers = offersOf(profile);
  const offer = offers.find(({ id }) => id === query.call) ?? offers[0];
  if (offer === undefined) return undefined;
  const asked = [query.scope ?? []].flat().filter((scope) => offer.scopes.includes(scope as string)) as string[];
  return { offer, scopes: asked.length > 0 ? asked : offer.chosen, atLoad: query.ask === 'load' };
}

/** The choice as the query of an address. */
export function choiceQuery({ offer, scopes, atLoad }: Choice, lang: string): string {
  const query = new URLSearchParams({ lang, call: offer.id });
  for (const scope of scopes) query.append('scope', scope);
  if (atLoad) query.set('ask', 'load');
  return query.toString();
}

/** The controls of the playground. */
export function playgroundModel({ tenant, query }: FastifyRequest, lang: string) {
  const { profile } = tenant;
  const choice = choiceOf(profile, query as Record<string, unknown>);
  return {
    wallets: tenant.wallets.map(({ name, source }) => ({ name, title: source.title, selected: name === profile.name })),
    scenarios: scenariosModel(tenant, lang),
    atLoad: choice?.atLoad === true,
    offers: offersOf(profile).map((offer, _, all) => ({
      ...offerModel(profile, offer, choice, lang),
      repeatsJsapi: offer.kind === 'prepare' && all.some((other) => other !== offer && other.jsapi === offer.jsapi),
    })),
    canRevoke: [...profile.operations.values()].some(({ verb }) => verb === 'revoke'),
  };
}

function offerModel(profile: Profile, offer: Offer, choice: Choice | undefined, lang: string) {
  const selected = choice?.offer.id === offer.id;
  const chosen = selected ? choice.scopes : offer.chosen;
  return {
    ...offer,
    selected,
    detail: JSON.stringify(offer),
    groups: Array.from(groupScopes(profile, offer.scopes), ([group, scopes]) => ({
      title: phrase(catalogue(lang), `groups.${group}`) ?? phrase(catalogue(lang), 'playground.silent'),
      scopes: scopes.map((name) => ({
        name,
        title: name === unknownScope ? phrase(catalogue(lang), 'playground.unknownScope') : scopeTitle(profile, name, lang),
        checked: chosen.includes(name),
      })),
    })),
  };
}

/** The scopes by the heading that the consent screen shows them under. */
function groupScopes(profile: Profile, scopes: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const scope of scopes) groups.set(groupOf(profile, scope), [...(groups.get(groupOf(profile, scope)) ?? []), scope]);
  return groups;
}

function groupOf({ source, scopes }: Profile, scope: string): string {
  if (scopes.get(scope)?.silent === true) return 'silent';
  const { alias = scope } = source.scopes[scope] ?? {};
  return source.scopes[alias]?.group ?? 'other';
}

/** The scenarios to choose from, the chosen one, and the number of others that are on. */
function scenariosModel(tenant: Tenant, lang: string) {
  const { active } = activeInWords(tenant, lang);
  const known = library.filter(({ scenario }) => findScenarioProblem(tenant.profile, scenario) === undefined);
  const choices = [
    ...known.map((one) => ({ name: one.name, ...libraryInWords(one, lang) })),
    {
      name: firstScreenScenario,
      title: scenarioTitle(tenant.scenarios, firstScreenScenario, lang),
      does: sayIn(lang, 'scenarios.firstScreen.does'),
      expect: sayIn(lang, 'scenarios.firstScreen.expect'),
    },
  ];
  const running = active.find(({ id }) => choices.some(({ name }) => name === id));
  const chosen = choices.find(({ name }) => name === running?.id);
  return {
    choices: choices.map((choice) => ({ ...choice, selected: choice === chosen })),
    running: running && chosen && { ...chosen, state: running.state },
    others: active.filter((one) => one !== running).length,
  };
}
