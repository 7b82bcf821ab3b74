import Type, { type Static } from 'typebox';
import { eventNames } from '../engine/events.js';
import { outcomeNames } from '../engine/outcomes.js';
import { closed, Duration } from '../schemas/common.js';

const Name = Type.String({ minLength: 1 });
const PathEnding = Type.String({
  pattern: '^[^?#\\s]*[^/?#\\s]$',
  description: 'such as .htm: it does not end with /',
});
const HeaderName = Type.String({
  pattern: "^[\\w!#$%&'*+.^`|~-]+$",
  description: 'the name of a header, such as Request-Id',
});
const Color = Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: 'a colour, #rrggbb' });

/** What an operation does: the engine's closed set of verbs. */
export const verbs = ['exchange', 'read-user', 'read-declared', 'revoke', 'start', 'issue-code'] as const;
export const Verb = Type.Enum(verbs);

export const Field = Type.Object(
  {
    as: Type.Optional(Type.String({ description: "the engine's name for it; its own where absent" })),
    type: Type.Optional(Type.Enum(['string', 'list', 'text', 'any'], { description: 'text: a string or an object' })),
    required: Type.Optional(
      Type.Union([Type.Boolean(), Type.Literal('strict'), Type.Record(Type.String(), Type.String())], {
        description: 'always, where the profile is strict, or when other fields have these values',
      }),
    ),
    max: Type.Optional(Type.Integer({ minimum: 1, description: 'characters at the most' })),
    default: Type.Optional(Type.Unknown({ description: 'what it is where it is left out' })),
    enum: Type.Optional(Type.Array(Name)),
    form: Type.Optional(Type.Literal('id', { description: 'an id, code or token: @, # and ? are refused' })),
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
        description: 'a path such as /v2/users/inquiryUserInfo, which begins with / and does not end with it',
      }),
      { minItems: 1 },
    ),
    scope: Type.Optional(Type.String({ description: 'read-declared: the scope that the token needs' })),
    tokens: Type.Optional(
      Type.Literal('any', { description: 'read-declared: expired and revoked tokens are answered too, with $tokenStatus' }),
    ),
    with: Type.Optional(
      Type.Literal('user-info', {
        description: 'exchange: the answer reads the user too, and a live accessToken does as well as a code',
      }),
    ),
    request: Type.Record(Type.String(), Field),
    response: Type.Record(Type.String(), Type.Unknown(), { description: 'a JSON tree' }),
  },
  closed,
);

export type OperationSource = Static<typeof Operation>;

/** The headings of the consent screen, which has words for these. */
const groups = ['identity', 'contact', 'personal', 'messages', 'payment', 'other'] as const;

export const Scope = Type.Object(
  {
    consent: Type.Optional(
      Type.Enum(['silent', 'asked'], { description: 'asked on the consent screen, or granted without one' }),
    ),
    ownApps: Type.Optional(Type.Literal('silent', { description: "silent for the wallet's own mini programs" })),
    required: Type.Optional(Type.Boolean({ description: 'cannot be refused by itself' })),
    alias: Type.Optional(Type.String({ description: 'another scope that this is a name for: the rest comes from there' })),
    covers: Type.Optional(Type.Array(Name, { description: 'the scopes that it stands for besides itself' })),
    group: Type.Optional(Type.Enum(groups, { description: 'under which heading the consent screen lists it' })),
    reads: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'what it reads of the user: a JSON tree over $user' }),
    ),
    words: Type.Optional(
      Type.Record(Type.String(), Type.Object({ title: Name, description: Type.Optional(Type.String()) }, closed), {
        description: 'locale → how the consent screen says it, where the built-in words do not fit',
      }),
    ),
  },
  closed,
);

export const Code = Type.Object(
  {
    code: Name,
    status: Type.Enum(['S', 'F', 'U', 'A']),
    message: Type.Optional(Type.String({ description: 'the resultMessage of what was done' })),
  },
  closed,
);

const Answer = Type.Record(Type.String(), Type.Unknown(), { description: 'a JSON tree' });

/** What a JSAPI does: asks for an authorization, opens a prepared one, or answers at once. */
export const Jsapi = Type.Object(
  {
    verb: Type.Enum(['authorize', 'open', 'answer']),
    scopes: Type.Optional(Type.Array(Name, { description: 'the only scopes that it takes' })),
    answer: Type.Optional(Answer),
    failure: Type.Optional(Answer),
    errors: Type.Optional(
      Type.Record(Type.String(), Type.Integer(), {
        description: "error number of my.getAuthCode \u2192 this JSAPI's own, as $code in failure; * for the others",
      }),
    ),
  },
  closed,
);
export type JsapiSource = Static<typeof Jsapi>;

const Minted = Type.Object(
  { prefix: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]*$' })), length: Type.Integer({ minimum: 22, maximum: 128 }) },
  closed,
);

/** A wallet profile: all that makes one wallet differ from another. */
export const Profile = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    title: Name,
    note: Type.Optional(Type.String({ description: 'what was decided, where the documentation leaves it open' })),
    brand: Type.Object(
      {
        name: Name,
        mark: Type.Optional(Type.String({ description: 'a picture that comes with the package, such as mark-billetera.svg' })),
        color: Color,
        colorDark: Color,
      },
      closed,
    ),
    locale: Name,
    timeOffset: Type.String({
      pattern: '^[+-]((0\\d|1[0-3]):[0-5]\\d|14:00)$',
      description: 'the offset from UTC, from -14:00 to +14:00, such as -05:00',
    }),
    firstUser: Type.Optional(Name),
    strict: Type.Boolean({ description: 'whether fields are required that the documentation requires and clients leave out' }),
    signature: Type.Object(
      {
        request: Type.String({ description: 'what a request signs: {method}, {path}, {clientId}, {time}, {requestId}, {body}' }),
        response: Type.String({ description: 'what an answer signs' }),
        encoding: Type.Enum(['percent', 'plain', 'base64url'], { description: 'of an answer to an unsigned request' }),
        algorithm: Type.String({ pattern: '^[\\w./+-]+$', description: 'how an answer names it, such as RSA256' }),
      },
      closed,
    ),
    headers: Type.Object(
      {
        required: Type.Array(HeaderName, { description: 'headers without which a call is refused, besides Client-Id' }),
        time: Type.Optional(
          Type.Enum(['iso', 'epoch-ms'], {
            description: 'how times are written in headers, where a call does not say; iso where absent',
          }),
        ),
      },
      closed,
    ),
    prefixes: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^(/[^/?#\\s]+)*$',
          description: 'empty, or a path such as /api/open, which begins with / and does not end with it',
        }),
        { minItems: 1, description: 'what every path begins with, the usual one first' },
      ),
    ),
    endings: Type.Optional(Type.Array(PathEnding, { description: 'what every path may end with besides' })),
    tokens: Type.Object(
      { form: Type.Optional(Type.Enum(['opaque', 'jwt'])), authCode: Minted, accessToken: Minted, refreshToken: Minted },
      closed,
    ),
    lifetimes: Type.Object({ authCode: Duration, accessToken: Duration, refreshToken: Duration }, closed),
    refreshEndsAccessToken: Type.Boolean(),
    consent: Type.Object(
      {
        choice: Type.Boolean({ description: 'whether the user may refuse single scopes' }),
        remember: Type.Boolean({ description: 'whether what was granted is not asked for again' }),
        words: Type.Optional(
          Type.Record(
            Type.String(),
            Type.Object(
              {
                allow: Type.Optional(Type.String({ minLength: 1, description: 'the button that agrees' })),
                refuse: Type.Optional(Type.String({ minLength: 1, description: 'the button that refuses' })),
              },
              closed,
            ),
            { description: 'locale → what the buttons say, where the built-in words do not fit' },
          ),
        ),
      },
      closed,
    ),
    jsapis: Type.Record(Type.String(), Jsapi),
    scopes: Type.Record(Type.String(), Scope),
    codes: Type.Record(Type.Enum(outcomeNames), Code, closed),
    operations: Type.Record(Type.String(), Operation),
    notifications: Type.Optional(
      Type.Partial(Type.Record(Type.Enum(eventNames), Answer), {
        ...closed,
        description: 'what merchants are told of: event \u2192 the body, a JSON tree',
      }),
    ),
  },
  closed,
);
export type ProfileSource = Static<typeof Profile>;
