import Type, { type Static } from 'typebox';
import { closed, Dictionary } from '../schemas/common.js';
import { Name } from './name-schema.js';
import { Tree } from './tree-schema.js';

/** A JSAPI asks for an authorization, opens a prepared one, or answers at once. */
export const Jsapi = Type.Object(
  {
    verb: Type.Enum(['authorize', 'open', 'answer'], {
      description: 'asks for an authorization, opens a prepared one, or answers at once',
    }),
    scopes: Type.Optional(Type.Array(Name, { description: 'the only scopes that it accepts' })),
    purpose: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'authorize: the parameter in which a mini program says what it needs the data for; the screen shows it',
      }),
    ),
    refusal: Type.Optional(
      Type.Literal('all', {
        description: 'authorize: Refuse on the screen refuses silent scopes too, so that no code is issued',
      }),
    ),
    answer: Type.Optional(Tree),
    failure: Type.Optional(Tree),
    errors: Type.Optional(
      Dictionary(Type.Union([Type.Integer(), Name]), {
        description: "error number of my.getAuthCode → this JSAPI's own number or text, $code in `failure`; * for all others",
      }),
    ),
  },
  closed,
);
export type JsapiSource = Static<typeof Jsapi>;
