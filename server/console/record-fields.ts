import type { RecordName } from '../tenants/records.js';
import type { Tenant } from '../tenants/tenant.js';

/**
 * A form shows and reads a field by its type: `lines` is a list with one item a line, `flags` a list of ticked boxes, `duration` an ISO
 * 8601 duration or a number of seconds, and `json-or-text` JSON if it begins with a bracket.
 */
export type FieldKind =
  | 'text'
  | 'long'
  | 'integer'
  | 'duration'
  | 'boolean'
  | 'choice'
  | 'lines'
  | 'flags'
  | 'json'
  | 'json-or-text';

export interface RecordField {
  /** The path in the record: `behaviour.delay`. */
  name: string;
  kind: FieldKind;
  required?: boolean;
  /** The values of a choice or of flags. A choice that is not required may also be left open. */
  options?(tenant: Tenant): readonly { value: string; text?: string }[];
}

export interface FieldGroup {
  /** A key of the texts under `record.groups`. */
  name: string;
  fields: readonly RecordField[];
  /** The group is open at first. */
  open?: boolean;
}

export const valuesOf =
  (...values: string[]) =>
  () =>
    values.map((value) => ({ value }));
export const scopesOf = ({ profile }: Tenant) => profile.scopes.names().map((value) => ({ value }));
export const lifetimesAt = (path: string): RecordField[] =>
  ['authCode', 'accessToken', 'refreshToken'].map((token) => ({ name: `${path}.${token}`, kind: 'duration' }));

/** The fields of the forms for clients, mini programs and users. */
export const recordFields: Readonly<Record<RecordName, readonly FieldGroup[]>> = {
  user: [
    {
      name: 'about',
      open: true,
      fields: [
        { name: 'name', kind: 'text', required: true },
        { name: 'nickName', kind: 'text' },
        { name: 'locale', kind: 'text' },
        { name: 'country', kind: 'text' },
        { name: 'gender', kind: 'text' },
        { name: 'birthday', kind: 'text' },
        { name: 'nationality', kind: 'text' },
        { name: 'avatar', kind: 'text' },
      ],
    },
    {
      name: 'behaviour',
      open: true,
      fields: [
        { name: 'behaviour.consent', kind: 'choice', options: valuesOf('ask', 'grant', 'deny') },
        { name: 'behaviour.denyScopes', kind: 'flags', options: scopesOf },
        { name: 'behaviour.error', kind: 'integer' },
        { name: 'behaviour.delay', kind: 'duration' },
        ...lifetimesAt('behaviour.lifetimes'),
        { name: 'behaviour.scopeErrors', kind: 'json' },
      ],
    },
    {
      name: 'details',
      fields: ['userName', 'userNameInArabic', 'loginIdInfos', 'contactInfos', 'addresses', 'extra', 'note'].map((name) => ({
        name,
        kind: 'json',
      })),
    },
  ],
  client: [
    {
      name: 'about',
      open: true,
      fields: [
        { name: 'name', kind: 'text', required: true },
        { name: 'status', kind: 'choice', options: valuesOf('ACTIVE', 'SUSPENDED') },
        { name: 'signature', kind: 'choice', options: valuesOf('required', 'optional', 'off') },
        { name: 'publicKey', kind: 'long' },
        { name: 'notifyUrl', kind: 'text' },
        { name: 'redirectUrls', kind: 'lines' },
      ],
    },
    {
      name: 'rights',
      fields: [
        { name: 'scopes', kind: 'json' },
        { name: 'grantTypes', kind: 'flags', options: valuesOf('AUTHORIZATION_CODE', 'REFRESH_TOKEN') },
        { name: 'referenceClientId', kind: 'text' },
        ...lifetimesAt('lifetimes'),
        { name: 'rateLimit.max', kind: 'integer' },
        { name: 'rateLimit.per', kind: 'duration' },
        { name: 'agentTokens', kind: 'json' },
      ],
    },
  ],
  app: [
    {
      name: 'about',
      open: true,
      fields: [
        { name: 'name', kind: 'text', required: true },
        {
          name: 'clientId',
          kind: 'choice',
          required: true,
          options: ({ clients }) => Array.from(clients.all(), ({ clientId, name }) => ({ value: clientId, text: name })),
        },
        { name: 'logo', kind: 'text' },
        { name: 'callbackOrigins', kind: 'lines' },
        { name: 'termsUrl', kind: 'text' },
        { name: 'ownApp', kind: 'boolean' },
      ],
    },
  ],
};

/** The field of an id. It can be set only when a record is added. */
export const idFields = { client: 'clientId', app: 'appId', user: 'userId' } as const satisfies Record<RecordName, string>;
