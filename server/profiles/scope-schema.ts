import Type from 'typebox';
import { closed, Dictionary } from '../schemas/common.js';
import { Name, named } from './name-schema.js';

/** The headings of the consent screen. It has translations for these. */
const groups = ['identity', 'contact', 'personal', 'messages', 'payment', 'other'] as const;

export const Scope = Type.Object(
  {
    consent: Type.Optional(
      Type.Enum(['silent', 'asked'], {
        description: 'asked: the user decides on the consent screen; silent: granted without a screen',
      }),
    ),
    ownApps: Type.Optional(Type.Literal('silent', { description: "silent for the wallet's own mini programs" })),
    required: Type.Optional(Type.Boolean({ description: 'the user cannot refuse this scope alone' })),
    alias: Type.Optional(Type.String({ description: 'another scope: this one is only a second name for it' })),
    covers: Type.Optional(Type.Array(Name, { description: 'the scopes that it includes' })),
    group: Type.Optional(Type.Enum(groups, { description: 'the heading on the consent screen' })),
    customerId: Type.Optional(
      Type.String({
        description: 'the customerId of an authorization with this scope, if it is not the userId: a reference over $user',
      }),
    ),
    grants: Type.Optional(
      Type.Literal('charge', { description: 'charge: the scope is a right to charge the user, not access to data' }),
    ),
    reads: Type.Optional(Dictionary(Type.Unknown(), { description: 'the user data that it reads: a JSON tree over $user' })),
    words: Type.Optional(
      Dictionary(
        Type.Object(
          { title: named('what is shared'), description: Type.Optional(Type.String({ description: 'a second line about it' })) },
          closed,
        ),
        {
          description: 'locale → the words on the consent screen, if they differ from the built-in ones',
        },
      ),
    ),
  },
  closed,
);
