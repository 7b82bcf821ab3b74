import type { Tenant } from '../tenants/tenant.js';
import type { Text, TextValue } from '../texts/text.js';

/**
 * Names users, merchants and mini programs in a sentence of the journal, which has their ids. An id that the tenant does not know stays.
 * @param text such as an entry's reason
 */
export function nameParties(text: Text, tenant: Tenant): Text {
  if (text.values === undefined) return text;
  const values = Object.entries(text.values).map(([name, value]) => [name, nameValue(name, value, tenant)]);
  return { ...text, values: Object.fromEntries(values) };
}

const clientValues: ReadonlySet<string> = new Set(['clientId', 'client', 'owner', 'sender']);

function nameValue(name: string, value: TextValue, tenant: Tenant): TextValue {
  if (typeof value === 'string') return nameOf(name, value, tenant) ?? value;
  if (typeof value === 'number') return value;
  if ('code' in value) return nameParties(value, tenant);
  return value.map((item) => (typeof item === 'string' ? item : nameParties(item, tenant))) as TextValue;
}

function nameOf(name: string, id: string, tenant: Tenant): string | undefined {
  if (name === 'userId') return tenant.users.get(id)?.record.name;
  if (clientValues.has(name)) return tenant.clients.get(id)?.name;
  return name === 'appId' ? tenant.apps.get(id)?.name : undefined;
}
