import Type, { type Static } from 'typebox';
import { closed, Dictionary, Duration, Lifetimes, Time } from '../schemas/common.js';
import { LocalizedText } from '../schemas/localized-text.js';

const Id = (description: string) => Type.String({ minLength: 1, maxLength: 128, pattern: '^[^@#?\\s]+$', description });
const Text = (description?: string) => Type.String({ minLength: 1, maxLength: 1024, ...(description && { description }) });

const GrantType = Type.Enum(['AUTHORIZATION_CODE', 'REFRESH_TOKEN']);
const HttpUrl = (description: string) => Type.String({ pattern: '^https?://', maxLength: 1024, description });

/** A merchant's client, as clients.json and the control API write it. */
export const Client = Type.Object(
  {
    clientId: Id('what the merchant sends as Client-Id'),
    name: Text('the name of the merchant, as the pages show it'),
    status: Type.Optional(
      Type.Enum(['ACTIVE', 'SUSPENDED'], { default: 'ACTIVE', description: 'the calls of a suspended client are refused' }),
    ),
    publicKey: Type.Optional(Type.String({ description: 'PEM, or only the Base64 inside, as merchant consoles show it' })),
    signature: Type.Optional(
      Type.Enum(['required', 'optional', 'off'], {
        description:
          'required (the default with a publicKey); optional (the default without one): any signature or none is accepted, with a note in the journal if it does not verify; off: ignored',
      }),
    ),
    grantTypes: Type.Optional(
      Type.Array(GrantType, {
        default: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
        description: 'what it may exchange for tokens',
      }),
    ),
    scopes: Type.Optional(
      Type.Union([Type.Literal('*'), Type.Array(Text())], {
        default: '*',
        description: 'a list of scopes, or "*" for all scopes of the wallet',
      }),
    ),
    referenceClientId: Type.Optional(Id('another id by which the body may name this client')),
    notifyUrl: Type.Optional(HttpUrl('the address of the merchant that gets notifications')),
    redirectUrls: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9+.-]*:', maxLength: 1024 }), {
        description:
          'where a prepared authorization may end; without a list, at any address. An entry that ends in * is a prefix; a query counts only if the entry has one',
      }),
    ),
    lifetimes: Type.Optional(Lifetimes),
    agentTokens: Type.Optional(
      Type.Array(Type.Union([Text(), Type.Object({ token: Text(), expiryTime: Type.Optional(Time) }, closed)]), {
        description: 'the accepted values of the header Agent-Token; without a list, the header is ignored',
      }),
    ),
    rateLimit: Type.Optional(
      Type.Object(
        { max: Type.Integer({ minimum: 0, description: 'the number of calls' }), per: Duration },
        { ...closed, description: 'at most max calls in a period of the emulator\u2019s time' },
      ),
    ),
  },
  closed,
);
export type ClientRecord = Static<typeof Client>;

/** A mini program, as apps.json and the control API write it. */
export const App = Type.Object(
  {
    appId: Id('the mini program'),
    name: Text('its name on the consent screen'),
    logo: Type.Optional(Type.String({ minLength: 1, description: 'a file in the fixtures folder, or an address' })),
    clientId: Id('the client that the mini program belongs to'),
    callbackOrigins: Type.Optional(
      Type.Array(Type.String({ pattern: '^https?://[^/]+$' }), {
        description: 'the only origins whose pages may ask; without a list, any page may',
      }),
    ),
    termsUrl: Type.Optional(HttpUrl('the terms of the mini program; the consent screen links to them')),
    ownApp: Type.Optional(Type.Boolean({ description: "the wallet's own mini program" })),
  },
  closed,
);
export type AppRecord = Static<typeof App>;

/** The dates of the months with 31, 30 and 29 days. */
const dateOfCalendar = '^\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d))$';

const ExtendInfo = Type.Optional(
  Type.Union([Type.String(), Dictionary(Type.Unknown())], { description: 'more data, as a text or an object' }),
);

/** A user of the wallet, as users.json and the control API write it. Values are not masked; the profile says what an answer masks. */
export const User = Type.Object(
  {
    userId: Id('the user'),
    name: Type.String({ minLength: 1, maxLength: 1024, description: 'how testers see them' }),
    note: Type.Optional(LocalizedText('what to use this user for in tests')),
    locale: Type.Optional(Text('the language of the user, such as es-CO')),
    country: Type.Optional(Text('the country of the user')),
    nickName: Type.Optional(Text('the nickname')),
    userName: Type.Optional(
      Type.Object(
        {
          fullName: Type.Optional(Text('the whole name')),
          firstName: Type.Optional(Text('the first name')),
          secondName: Type.Optional(Text('the second name')),
          thirdName: Type.Optional(Text('the third name')),
          lastName: Type.Optional(Text('the last name')),
        },
        closed,
      ),
    ),
    userNameInArabic: Type.Optional(Dictionary(Text(), { description: 'the parts of the name in Arabic' })),
    loginIdInfos: Type.Optional(
      Type.Array(
        Type.Object(
          {
            loginId: Text('what the user logs in with, such as a phone number'),
            loginIdType: Text('such as MOBILE_PHONE or EMAIL'),
            hashLoginId: Type.Optional(Text('the hash of loginId')),
            extendInfo: ExtendInfo,
          },
          closed,
        ),
        { description: 'what the user logs in with' },
      ),
    ),
    avatar: Type.Optional(Type.String({ minLength: 1, description: 'a file in the fixtures folder, or an address' })),
    gender: Type.Optional(Text('such as MALE or FEMALE')),
    birthday: Type.Optional(Type.String({ pattern: dateOfCalendar, description: 'YYYY-MM-DD, a date of the calendar' })),
    nationality: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })),
    contactInfos: Type.Optional(
      Type.Array(
        Type.Object(
          {
            contactType: Text('such as MOBILE_PHONE or EMAIL'),
            contactNo: Text('the number or address'),
            extendInfo: ExtendInfo,
          },
          closed,
        ),
        { description: 'phone numbers and mail addresses' },
      ),
    ),
    addresses: Type.Optional(
      Type.Array(Dictionary(Type.Unknown()), { description: 'postal addresses, in the form of the wallet' }),
    ),
    extra: Type.Optional(
      Dictionary(Type.Unknown(), {
        description: 'data that only some wallets have, such as cards; a profile reads it as $user.extra',
      }),
    ),
    behaviour: Type.Optional(
      Type.Object(
        {
          consent: Type.Optional(
            Type.Enum(['ask', 'grant', 'deny'], {
              description: 'ask: decides on the screen; grant: agrees without a screen; deny: refuses without a screen',
            }),
          ),
          denyScopes: Type.Optional(Type.Array(Text(), { description: 'scopes that are refused even if the rest is granted' })),
          lifetimes: Type.Optional(Lifetimes),
          scopeErrors: Type.Optional(Dictionary(Text(), { description: 'scope → the error code of its refusal' })),
          error: Type.Optional(Type.Integer({ description: 'every authorization of this user fails with this error number' })),
          delay: Type.Optional(Duration),
        },
        { ...closed, description: 'how this user answers without a screen' },
      ),
    ),
  },
  closed,
);
export type UserRecord = Static<typeof User>;
