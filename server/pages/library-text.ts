import { type LibraryScenario, libraryScenario } from '../scenarios/library.js';
import { hitsLeft, type RunningScenario, type ScenarioList } from '../scenarios/scenario-list.js';
import type { ScenarioRecord } from '../scenarios/schema.js';
import { activeScenarios, firstScreenScenario } from '../tenants/active-scenarios.js';
import type { Tenant } from '../tenants/tenant.js';
import { catalogue, phrase, sayIn } from './catalogues.js';

/** A library scenario in a language: its title, what it does, and what a good integration does then. */
export function libraryInWords({ name }: LibraryScenario, lang = 'en'): { title: string; does: string; expect: string } {
  const words = catalogue(lang);
  const say = (part: string) => phrase(words, `library.${name}.${part}`) ?? name;
  return { title: say('title'), does: say('does'), expect: say('expect') };
}

/** The title of a scenario: its own, else that in the library, else its rule in short. If it is gone, its id. */
export function scenarioTitle(scenarios: ScenarioList, id: string, lang: string): string {
  const record = scenarios.get(id)?.record;
  const known = libraryScenario(id);
  const named = record?.title ?? (known && libraryInWords(known, lang).title) ?? (record && ruleInShort(record));
  return named ?? (id === firstScreenScenario ? sayIn(lang, 'scenarios.firstScreen.title') : id);
}

/** On or off, and how many calls are left: `On, 1 left`. */
export function scenarioState(scenario: RunningScenario, lang: string): string {
  const left = hitsLeft(scenario);
  if (scenario.record.enabled === false) return sayIn(lang, 'scenarios.off');
  if (left === 0) return sayIn(lang, 'scenarios.usedUp');
  return Number.isFinite(left) ? sayIn(lang, 'scenarios.left', { count: left }) : sayIn(lang, 'scenarios.on');
}

/** The scenarios that are on, and their number in words for the header. */
export function activeInWords(tenant: Tenant, lang: string) {
  const active = activeScenarios(tenant).map((id) => {
    const scenario = tenant.scenarios.get(id);
    return {
      id,
      title: scenarioTitle(tenant.scenarios, id, lang),
      state: scenario === undefined ? sayIn(lang, 'scenarios.on') : scenarioState(scenario, lang),
    };
  });
  const { length: count } = active;
  return { active, text: count === 1 ? sayIn(lang, 'header.oneScenario') : sayIn(lang, 'header.scenarios', { count }) };
}

/** A scenario that acted on a call, as a link to its card. @param id as the journal has it: a result code has no card */
export function actedModel(scenarios: ScenarioList, id: string, lang: string) {
  const hasCard = scenarios.get(id) !== undefined || libraryScenario(id) !== undefined;
  return { id, title: scenarioTitle(scenarios, id, lang), ...(hasCard && { address: encodeURIComponent(id) }) };
}

/** A rule in one line: `applyToken → result PROCESS_FAIL`. */
function ruleInShort({ when, then }: ScenarioRecord): string {
  const steps = [then].flat().map((step) =>
    Object.entries(step)
      .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
      .join(', '),
  );
  const called = when?.operation ?? when?.path ?? '*';
  const line = `${called} → ${steps.join('; ')}`;
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
