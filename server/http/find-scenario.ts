import { libraryScenario } from '../scenarios/library.js';
import { type CallKind, canActOn } from '../scenarios/reach.js';
import { type Acting, stepWhenAsked } from '../scenarios/scenario-list.js';
import type { Then } from '../scenarios/schema.js';
import { outcomeNamed } from '../tenants/scenario-check.js';
import type { Tenant } from '../tenants/tenant.js';

/** The header by which a call asks for a scenario, for itself alone. */
export const scenarioHeader = 'x-emulator-scenario';

const callers: Readonly<Record<CallKind, string>> = {
  openapi: "a call of a merchant's server",
  asked: 'a call of a mini program',
  silent: 'a call of a mini program that asks nothing',
  jsapi: 'a call of a mini program',
  prepared: 'a screen that a server prepared',
};

/** How many of those that there are a message names. */
const named = 5;

/**
 * The scenario that a call asks for by its header: one of the tenant's, a result code, or one of the library.
 * @returns what is wrong with the header, where it is none of them or has nothing to do with such a call
 */
export function askedScenario({ scenarios, profile }: Tenant, asked: string, kind: CallKind): Acting | { unknown: string } {
  const running = scenarios.get(asked);
  const step = running ? stepWhenAsked(running) : stepNamed();
  const shown = `the header X-Emulator-Scenario is "${asked.slice(0, 80)}"`;
  if (step === undefined) {
    const ids = scenarios.all().map(({ id }) => id);
    const known = [...new Set(Object.values(profile.codes).map(({ code }) => code))];
    const own = ids.length > 0 ? `a scenario (${ids.slice(0, named).join(', ')}${ids.length > named ? ', …' : ''}), ` : '';
    return { unknown: `${shown}: expected ${own}a name of the library, or a result code (${known.join(', ')})` };
  }
  if (!canActOn(step, kind)) {
    return { unknown: `${shown}, which says ${Object.keys(step).join(', ')}: that means nothing to ${callers[kind]}` };
  }
  // biome-ignore lint/suspicious/noThenProperty: the users' own word for it (contract), in data that nobody awaits
  return scenarios.actByName(asked) ?? { id: asked, then: step, hit: 1 };

  function stepNamed(): Then | undefined {
    if (outcomeNamed(profile, asked) !== undefined) return { result: asked };
    return ([libraryScenario(asked)?.scenario.then].flat() as (Then | undefined)[])[0];
  }
}
