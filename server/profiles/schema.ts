import Type, { type Static } from 'typebox';
import { eventNames } from '../engine/events.js';
import { outcomeNames } from '../engine/outcomes.js';
import { closed, Dictionary, Duration } from '../schemas/common.js';
import { LocalizedText } from '../schemas/localized-text.js';
import { Jsapi } from './jsapi-schema.js';
import { named } from './name-schema.js';
import { Operation } from './operation-schema.js';
import { Scope } from './scope-schema.js';
import { Sources } from './sources-schema.js';
import { Tree } from './tree-schema.js';

const PathEnding = Type.String({
  pattern: '^[^?#\\s]*[^/?#\\s]$',
  description: 'such as .htm; it does not end with /',
});
const HeaderName = Type.String({
  pattern: "^[\\w!#$%&'*+.^`|~-]+$",
  description: 'the name of a header, such as Request-Id',
});
const Color = Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: 'a colour, #rrggbb' });

const Status = Type.Enum(['S', 'F', 'U', 'A'], { description: 'the resultStatus: S success, F failure, U unknown, A accepted' });

export const Code = Type.Object(
  {
    code: named('the resultCode of the wallet for this outcome'),
    status: Status,
    message: Type.Optional(Type.String({ description: 'the resultMessage of a successful call' })),
  },
  closed,
);

const TokenFormat = Type.Object(
  {
    prefix: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]*$', description: 'what each one begins with' })),
    length: Type.Integer({ minimum: 22, maximum: 128, description: 'the number of characters, the prefix included' }),
  },
  closed,
);

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
      Type.Partial(Type.Record(Type.Enum(eventNames), Tree), {
        ...closed,
        description: 'event → the body of the notification to the merchant: a JSON tree',
      }),
    ),
    sources: Type.Optional(Sources),
  },
  closed,
);
export type ProfileSource = Static<typeof Profile>;
