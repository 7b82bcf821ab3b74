import Type, { type Static } from 'typebox';
import { closed, Dictionary } from '../schemas/common.js';
import { Name } from './name-schema.js';
import { Tree } from './tree-schema.js';

/** The verbs of operations. The set is closed: each verb is one step of the engine. */
export const verbs = ['exchange', 'read-user', 'read-declared', 'answer', 'revoke', 'start', 'issue-code'] as const;
export const Verb = Type.Enum(verbs, { description: 'what the operation does' });

export const Field = Type.Object(
  {
    as: Type.Optional(Type.String({ description: "the engine's name for this field, if it differs" })),
    type: Type.Optional(Type.Enum(['string', 'list', 'text', 'any'], { description: 'text: a string or an object' })),
    required: Type.Optional(
      Type.Union([Type.Boolean(), Type.Literal('strict'), Dictionary(Type.String())], {
        description: 'always, only if the profile is strict, or only if other fields have these values',
      }),
    ),
    max: Type.Optional(Type.Integer({ minimum: 1, description: 'the maximum number of characters' })),
    default: Type.Optional(Type.Unknown({ description: 'the value if the field is missing' })),
    enum: Type.Optional(Type.Array(Name, { description: 'the only values that it may have' })),
    aliases: Type.Optional(
      Dictionary(Name, { description: 'another spelling of a value → the value, such as authorization_code' }),
    ),
    form: Type.Optional(Type.Literal('id', { description: 'an id, code or token: @, # and ? are forbidden' })),
    pattern: Type.Optional(Type.String({ description: 'a regular expression' })),
    hint: Type.Optional(Type.String({ description: 'what the pattern expects, in words' })),
  },
  closed,
);
export type FieldSource = Static<typeof Field>;

export const Operation = Type.Object(
  {
    verb: Verb,
    paths: Type.Array(
      Type.String({
        pattern: '^(/[^/?#\\s]+)+$',
        description: 'a path such as /v2/users/inquiryUserInfo, which begins with / and does not end with /',
      }),
      { minItems: 1, description: 'where it is called, without the prefix' },
    ),
    scope: Type.Optional(Type.String({ description: 'read-declared: the scope that the token needs' })),
    tokens: Type.Optional(
      Type.Literal('any', { description: 'read-declared: accepts expired and revoked tokens too, and sets $tokenStatus' }),
    ),
    with: Type.Optional(
      Type.Literal('user-info', {
        description: 'exchange: also reads the user; accepts a live accessToken instead of a code',
      }),
    ),
    request: Dictionary(Field),
    response: Tree,
  },
  closed,
);

export type OperationSource = Static<typeof Operation>;
