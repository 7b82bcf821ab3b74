import { scenarioTitle } from '../pages/library-text.js';
import { libraryScenario } from '../scenarios/library.js';
import { firstScreenScenario } from '../tenants/active-scenarios.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Text, TextValue } from '../texts/text.js';

/**
 * Names users, merchants, mini programs and scenarios in a sentence of the journal, which has their ids. An id that the
 * tenant does not know stays, and so does that of a rule without a title.
 * @param text such as an entry's reason
 * @param lang the language of the scenarios' titles
 */
export function nameIds(text: Text, tenant: Tenant, lang: string): Text {
  if (text.values === undefined) return text;
  const values = Object.entries(text.values).map(([name, value]) => [name, nameValue(text, name, value, tenant, lang)]);
  return { ...text, values: Object.fromEntries(values) };
}

const clientValues: ReadonlySet<string> = new Set(['clientId', 'client', 'owner', 'sender']);

function nameValue(text: Text, name: string, value: TextValue, tenant: Tenant, lang: string): TextValue {
  if (typeof value === 'string') return nameOf(text, name, value, tenant, lang) ?? value;
  if (typeof value === 'number') return value;
  if ('code' in value) return nameIds(value, tenant, lang);
  return value.map((item) =>
    typeof item === 'string' ? (nameOf(text, name, item, tenant, lang) ?? item) : nameIds(item, tenant, lang),
  ) as TextValue;
}

function nameOf({ code }: Text, name: string, id: string, tenant: Tenant, lang: string): string | undefined {
  if (name === 'userId') return tenant.users.get(id)?.record.name;
  if (clientValues.has(name)) return tenant.clients.get(id)?.name;
  if (name === 'appId') return tenant.apps.get(id)?.name;
  if (!code.startsWith('scenario')) return undefined;
  return name === 'scenario' || name === 'id' || name === 'ids' ? quotedTitle(tenant, id, lang) : undefined;
}

/** The title of a scenario in quotation marks, if it has one. */
function quotedTitle({ scenarios }: Tenant, id: string, lang: string): string | undefined {
  const isKnown = libraryScenario(id) !== undefined || id === firstScreenScenario;
  const hasTitle = scenarios.get(id)?.record.title !== undefined || isKnown;
  return hasTitle ? `"${scenarioTitle(scenarios, id, lang)}"` : undefined;
}
