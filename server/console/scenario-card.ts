import { catalogue, phrase, sayIn } from '../pages/catalogues.js';
import { libraryInWords, scenarioState, scenarioTitle } from '../pages/library-text.js';
import { scopeTitle } from '../pages/scope-text.js';
import type { Profile } from '../profiles/profile.js';
import { canActOn } from '../scenarios/call-kinds.js';
import type { LibraryScenario } from '../scenarios/library.js';
import { isActive, type RunningScenario } from '../scenarios/scenario-list.js';
import type { ScenarioRecord, Then } from '../scenarios/schema.js';
import { problemText } from '../schemas/problem.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import type { Tenant } from '../tenants/tenant.js';
import { inLanguage } from '../texts/write-text.js';
import { fitsForm } from './rule-form.js';
import { unmetBySample } from './sample-reach.js';

/** The part of a card that changes while calls come in. */
export interface CardState {
  id: string;
  on: boolean;
  /** On or off, and how many calls are left. */
  state: string;
  /** The number of calls it acted on. */
  hits: string;
  /** The rule as JSON, without its id. */
  rule: string;
}

/** The state of each scenario that the tenant has. */
export function cardStates({ scenarios }: Tenant, lang: string): CardState[] {
  return scenarios.all().map((scenario) => cardState(scenario, lang));
}

/** A scenario of the library as a card, with its use in the tenant. */
export function libraryCard(tenant: Tenant, known: LibraryScenario, lang: string) {
  const { name } = known;
  const running = tenant.scenarios.get(name);
  const record = running?.record ?? fitted(tenant.profile, { id: name, ...known.scenario });
  return {
    ...card(tenant, running ?? { id: name, record, calls: 0, hits: 0, asked: 0 }, lang),
    ...(running === undefined && { on: false, state: sayIn(lang, 'scenarios.off'), hits: '' }),
    ...libraryInWords(known, lang),
    // The header is only useful in merchants' calls: the bridge does not send it.
    byHeader: canActOn([known.scenario.then].flat()[0] as Then, 'openapi'),
    play: phrase(catalogue(lang), `library.${name}.play`),
  };
}

/** A scenario that is not of the library as a card. */
export function ownCard(tenant: Tenant, scenario: RunningScenario, lang: string) {
  const unmet = unmetBySample(tenant, scenario.record);
  return {
    ...card(tenant, scenario, lang),
    title: scenarioTitle(tenant.scenarios, scenario.id, lang),
    own: true,
    fitsForm: fitsForm(scenario.record),
    play: unmet && sayIn(lang, `scenarios.unmet.${unmet}`),
  };
}

/** A library scenario for a wallet. If it refuses a scope that the wallet lacks, it refuses the wallet's first scope instead. */
export function fitted(profile: Profile, record: ScenarioRecord): ScenarioRecord {
  const refused = refusedScope(record);
  const scopes = askedScopes(profile);
  if (refused === undefined || scopes.length === 0 || scopes.includes(refused)) return record;
  return withRefusedScope(record, scopes[0] as string);
}

/** The scopes that a user can refuse. */
export function askedScopes({ scopes }: Profile): string[] {
  return scopes.names().filter((name) => scopes.get(name)?.silent !== true);
}

/** The only scope that a scenario refuses; undefined if it refuses none, or several. */
export function refusedScope({ then }: ScenarioRecord): string | undefined {
  const { denyScopes } = Array.isArray(then) ? {} : then;
  return Array.isArray(denyScopes) && denyScopes.length === 1 ? denyScopes[0] : undefined;
}

/** @param record refuses one scope */
export function withRefusedScope(record: ScenarioRecord, scope: string): ScenarioRecord {
  // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
  return { ...record, then: { ...(record.then as Then), denyScopes: [scope] } };
}

function card(tenant: Tenant, scenario: RunningScenario, lang: string) {
  const { id, record } = scenario;
  const { times, then } = record;
  const refused = refusedScope(record);
  const problem = findScenarioProblem(tenant.profile, record);
  return {
    ...cardState(scenario, lang),
    address: encodeURIComponent(id),
    listed: tenant.scenarios.get(id) !== undefined,
    often: times === undefined ? 'always' : times === 1 ? 'once' : 'times',
    count: times === undefined || times === 1 ? 2 : times,
    steps: Array.isArray(then),
    misfit: problem && inLanguage(problemText(problem, 'the-record'), lang),
    scopes:
      refused &&
      askedScopes(tenant.profile).map((name) => ({
        name,
        title: scopeTitle(tenant.profile, name, lang),
        selected: name === refused,
      })),
  };
}

function cardState(scenario: RunningScenario, lang: string): CardState {
  const { id, record } = scenario;
  const { id: _, ...rule } = record;
  return {
    id,
    on: isActive(scenario),
    state: scenarioState(scenario, lang),
    hits: hitsText(scenario, lang),
    rule: JSON.stringify(rule, null, 2),
  };
}

function hitsText(scenario: RunningScenario, lang: string): string {
  const { hits } = scenario;
  if (hits === 0) return isActive(scenario) ? sayIn(lang, 'scenarios.noHits') : '';
  return hits === 1 ? sayIn(lang, 'scenarios.oneHit') : sayIn(lang, 'scenarios.hits', { count: hits });
}
