import Type, { type Static } from 'typebox';
import { eventNames } from '../engine/events.js';
import { outcomeNames } from '../engine/outcomes.js';
import { closed, Dictionary, Duration } from '../schemas/common.js';
import { LocalizedText } from '../schemas/localized-text.js';

const Name = Type.String({ minLength: 1 });
const named = (description: string) => Type.String({ minLength: 1, description });
const PathEnding = Type.String({
  pattern: '^[^?#\\s]*[^/?#\\s]$',
  description: 'such as .htm; it does not end with /',
});
const HeaderName = Type.String({
  pattern: "^[\\w!#$%&'*+.^`|~-]+$",
  description: 'the name of a header, such as Request-Id',
});
const Color = Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: 'a colour, #rrggbb' });

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
    response: Dictionary(Type.Unknown(), { description: 'a JSON tree' }),
  },
  closed,
);

export type OperationSource = Static<typeof Operation>;

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

const Status = Type.Enum(['S', 'F', 'U', 'A'], { description: 'the resultStatus: S success, F failure, U unknown, A accepted' });

export const Code = Type.Object(
  {
    code: named('the resultCode of the wallet for this outcome'),
    status: Status,
    message: Type.Optional(Type.String({ description: 'the resultMessage of a successful call' })),
  },
  closed,
);

const Answer = Dictionary(Type.Unknown(), { description: 'a JSON tree' });

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
    answer: Type.Optional(Answer),
    failure: Type.Optional(Answer),
    errors: Type.Optional(
      Dictionary(Type.Union([Type.Integer(), Name]), {
        description: "error number of my.getAuthCode → this JSAPI's own number or text, $code in `failure`; * for all others",
      }),
    ),
  },
  closed,
);
export type JsapiSource = Static<typeof Jsapi>;

const TokenFormat = Type.Object(
  {
    prefix: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]*$', description: 'what each one begins with' })),
    length: Type.Integer({ minimum: 22, maximum: 128, description: 'the number of characters, the prefix included' }),
  },
  closed,
);

export const sourceKinds = ['documented', 'seen', 'inferred'] as const;

/** The evidence for a part of the wallet. `check-sources.ts` says which fields go together. */
const Source = Type.Object(
  {
    kind: Type.Enum(sourceKinds, {
      description:
        'documented: a page of the documentation says so; seen: a client that somebody else wrote relies on it; inferred: it is only likely',
    }),
    page: Type.Optional(
      Type.String({ minLength: 1, description: 'documented: the address of the page, or the title of a document' }),
    ),
    client: Type.Optional(
      Type.String({ pattern: '^[\\w.-]+/[\\w.-]+$', description: 'seen: the repository on GitHub, owner/name' }),
    ),
    wallet: Type.Optional(
      Type.String({ minLength: 1, description: 'inferred: the name of the profile that it was inferred from' }),
    ),
  },
  closed,
);
export type Source = Static<typeof Source>;

const SourceList = Type.Array(Source, { minItems: 1, description: 'the sources, the best first' });
const sourcesOf = (what: string) => Type.Optional(Dictionary(SourceList, { description: `${what} → its sources` }));

/** The sources of the knowledge of a wallet. */
const Sources = Type.Object(
  {
    operations: sourcesOf('operation'),
    jsapis: sourcesOf('JSAPI'),
    scopes: sourcesOf('scope, or * for all others'),
    signature: Type.Optional(SourceList),
    codes: Type.Optional(SourceList),
    lifetimes: Type.Optional(SourceList),
    notifications: Type.Optional(SourceList),
    notEmulated: sourcesOf('path, JSAPI or scope of the wallet that the profile does not have'),
  },
  { ...closed, description: 'where the knowledge of the wallet comes from' },
);
export type SourcesSource = Static<typeof Sources>;

/** A wallet profile: everything that differs between wallets. */
export const Profile = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'the value of --wallet' }),
    title: named('the name of the wallet, for people'),
    note: Type.Optional(LocalizedText('decisions about points that the documentation leaves open')),
    brand: Type.Object(
      {
        name: named('the name on the consent screen'),
        mark: Type.Optional(Type.String({ description: 'a picture of the package, such as mark-billetera.svg' })),
        color: Color,
        colorDark: Color,
      },
      closed,
    ),
    locale: named('the language of the screen if neither browser nor user has one'),
    timeOffset: Type.String({
      pattern: '^[+-]((0\\d|1[0-3]):[0-5]\\d|14:00)$',
      description: 'the offset from UTC, from -14:00 to +14:00, such as -05:00',
    }),
    firstUser: Type.Optional(named('the userId of the user who is logged in at the start')),
    strict: Type.Boolean({
      description: 'whether fields are required that the documentation requires, although clients leave them out',
    }),
    signature: Type.Object(
      {
        request: Type.String({
          description: 'the signed content of a request: {method}, {path}, {clientId}, {time}, {requestId}, {body}',
        }),
        response: Type.String({ description: 'the signed content of a response' }),
        encoding: Type.Enum(['percent', 'plain', 'base64url'], {
          description: 'the encoding of the signature if the request had none',
        }),
        algorithm: Type.String({ pattern: '^[\\w./+-]+$', description: 'its name in a response, such as RSA256' }),
      },
      closed,
    ),
    headers: Type.Object(
      {
        required: Type.Array(HeaderName, { description: 'the headers that a call needs in addition to Client-Id' }),
        time: Type.Optional(
          Type.Enum(['iso', 'epoch-ms'], {
            description: 'the form of times in headers if the call does not show it; default iso',
          }),
        ),
      },
      closed,
    ),
    prefixes: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^(/[^/?#\\s]+)*$',
          description: 'empty, or a path such as /api/open, which begins with / and does not end with /',
        }),
        { minItems: 1, description: 'what every path begins with, the usual prefix first' },
      ),
    ),
    endings: Type.Optional(Type.Array(PathEnding, { description: 'what every path may also end with, such as .htm' })),
    hosts: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z0-9.-]+(:\\d+)?$', maxLength: 255 }), {
        maxItems: 50,
        description: 'hosts that merchants write into their code, so that a signature over their URL is recognized',
      }),
    ),
    tokens: Type.Object(
      {
        form: Type.Optional(
          Type.Enum(['opaque', 'jwt'], { description: 'whether access tokens are random text (the default) or JWTs' }),
        ),
        authCode: TokenFormat,
        accessToken: TokenFormat,
        refreshToken: TokenFormat,
      },
      closed,
    ),
    lifetimes: Type.Object({ authCode: Duration, accessToken: Duration, refreshToken: Duration }, closed),
    refreshEndsAccessToken: Type.Boolean({ description: 'whether a refresh ends the access token before it' }),
    consent: Type.Object(
      {
        choice: Type.Boolean({ description: 'whether the user may refuse single scopes' }),
        remember: Type.Boolean({ description: 'whether the wallet remembers a consent and does not ask again' }),
        words: Type.Optional(
          Dictionary(
            Type.Object(
              {
                allow: Type.Optional(Type.String({ minLength: 1, description: 'the text of the button that grants' })),
                refuse: Type.Optional(Type.String({ minLength: 1, description: 'the text of the button that refuses' })),
              },
              closed,
            ),
            { description: 'locale → the texts of the buttons, if they differ from the built-in ones' },
          ),
        ),
      },
      closed,
    ),
    jsapis: Dictionary(Jsapi),
    scopes: Dictionary(Scope),
    codes: Type.Record(Type.Enum(outcomeNames), Code, closed),
    scenarioCodes: Type.Optional(
      Dictionary(Type.Object({ status: Status }, closed), {
        description: 'more result codes, which only scenarios send: code → its status',
      }),
    ),
    operations: Dictionary(Operation),
    notifications: Type.Optional(
      Type.Partial(Type.Record(Type.Enum(eventNames), Answer), {
        ...closed,
        description: 'event → the body of the notification to the merchant: a JSON tree',
      }),
    ),
    sources: Type.Optional(Sources),
  },
  closed,
);
export type ProfileSource = Static<typeof Profile>;
