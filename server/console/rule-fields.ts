import { resultCodesOf } from '../profiles/profile.js';
import { faults } from '../scenarios/schema.js';
import type { Tenant } from '../tenants/tenant.js';
import { type FieldGroup, lifetimesAt, scopesOf, valuesOf } from './record-fields.js';

/** The operations and JSAPIs of the wallet. */
function operationsOf({ profile }: Tenant) {
  const names = [...Array.from(profile.operations.values(), ({ name }) => name), ...profile.jsapis.keys()];
  return [...new Set(names)].map((value) => ({ value }));
}

/** The fields of the form for a rule, as in the schema of a scenario. */
export const ruleFields: readonly FieldGroup[] = [
  {
    name: 'rule',
    open: true,
    fields: [
      { name: 'title', kind: 'text' },
      { name: 'when.operation', kind: 'choice', options: operationsOf },
      {
        name: 'then.result',
        kind: 'choice',
        options: ({ profile }) => resultCodesOf(profile).map((value) => ({ value })),
      },
      { name: 'then.status', kind: 'integer' },
      { name: 'then.delay', kind: 'duration' },
      { name: 'then.fault', kind: 'choice', options: valuesOf(...faults) },
      { name: 'then.consent', kind: 'choice', options: valuesOf('grant', 'deny', 'cancel') },
      { name: 'then.error', kind: 'integer' },
      { name: 'times', kind: 'integer' },
    ],
  },
  {
    name: 'ruleMore',
    fields: [
      {
        name: 'when.userId',
        kind: 'choice',
        options: ({ users }) => Array.from(users.all(), ({ userId, record }) => ({ value: userId, text: record.name })),
      },
      {
        name: 'when.clientId',
        kind: 'choice',
        options: ({ clients }) => Array.from(clients.all(), ({ clientId, name }) => ({ value: clientId, text: name })),
      },
      { name: 'when.scope', kind: 'choice', options: scopesOf },
      { name: 'when.path', kind: 'text' },
      { name: 'after', kind: 'integer' },
      { name: 'id', kind: 'text' },
      { name: 'then.message', kind: 'text' },
      ...lifetimesAt('then.lifetimes'),
      { name: 'then.denyScopes', kind: 'flags', options: scopesOf },
      { name: 'then.body', kind: 'json-or-text' },
      { name: 'when.header', kind: 'json' },
      { name: 'when.body', kind: 'json' },
    ],
  },
];
