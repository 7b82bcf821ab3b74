import Type, { type Static } from 'typebox';
import { closed, Dictionary, Duration, Lifetimes } from '../schemas/common.js';

const text = (description?: string) => Type.String({ minLength: 1, maxLength: 1024, ...(description && { description }) });

/** The conditions that a call must meet. */
export const When = Type.Object(
  {
    operation: Type.Optional(Type.String({ minLength: 1, description: 'getAuthCode, an operation of the wallet, or *' })),
    path: Type.Optional(
      Type.String({
        pattern: '^/[^?#\\s]*$',
        maxLength: 1024,
        description: 'the path of a call to the OpenAPI, with its prefix; also one that no operation of the wallet has',
      }),
    ),
    clientId: Type.Optional(text('the client that calls, or that the mini program belongs to')),
    appId: Type.Optional(text('the mini program')),
    userId: Type.Optional(text('the user')),
    scope: Type.Optional(
      Type.String({ minLength: 1, description: 'a scope that the call asks for, or that the code or token has' }),
    ),
    grantType: Type.Optional(text('AUTHORIZATION_CODE or REFRESH_TOKEN')),
    header: Type.Optional(Dictionary(Type.String(), { description: 'name (in any case) \u2192 value' })),
    body: Type.Optional(
      Dictionary(Type.Unknown(), { description: 'JSON pointer (RFC 6901) \u2192 value, such as /extendInfo/a' }),
    ),
  },
  { ...closed, description: 'the conditions that a call must meet; without a condition, every call matches' },
);

export const faults = ['reset', 'hang', 'truncate', 'garbage', 'bad-signature', 'no-signature', 'stale-response-time'] as const;

const Delay = Type.Union([Duration, Type.Object({ min: Duration, max: Duration, seed: Type.Optional(Type.Integer()) }, closed)], {
  description: 'a duration of the machine\u2019s time, or { min, max, seed } for a random one between min and max',
});

/** The effect on a matching call. */
export const Then = Type.Object(
  {
    result: Type.Optional(
      Type.String({
        minLength: 1,
        description: "a result code of the wallet, or an outcome's name in the engine; with SUCCESS the operation runs as usual",
      }),
    ),
    message: Type.Optional(Type.String({ maxLength: 500, description: 'the resultMessage, or the errorMessage' })),
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: 'a raw HTTP answer, with body' })),
    body: Type.Optional(Type.Unknown({ description: 'the body of the raw answer: text, or JSON' })),
    delay: Type.Optional(Delay),
    fault: Type.Optional(Type.Enum(faults, { description: `one of ${faults.join(', ')}` })),
    consent: Type.Optional(
      Type.Enum(['grant', 'deny', 'cancel'], { description: 'what the user answers, if there is something to ask' }),
    ),
    denyScopes: Type.Optional(
      Type.Union([Type.Array(text()), Dictionary(text())], {
        description: 'scopes that are refused while the rest is granted: a list, or scope \u2192 error code',
      }),
    ),
    error: Type.Optional(
      Type.Integer({
        description: 'the error number with which the JSAPI fails; beside result or status, it acts on the JSAPIs alone',
      }),
    ),
    lifetimes: Type.Optional(Lifetimes),
  },
  { ...closed, minProperties: 1, description: 'what is done to the call: at least one field' },
);
export type Then = Static<typeof Then>;

/** When a call matches, do this to it, this many times. */
export const Scenario = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        pattern: '^(?!\\.{1,2}$)[^\\s/?#]+$',
        description: 'a name without spaces and slashes',
      }),
    ),
    title: Type.Optional(
      Type.String({ minLength: 1, maxLength: 120, description: 'what it does, in a few words, for the pages' }),
    ),
    enabled: Type.Optional(Type.Boolean({ description: 'false: it acts only on calls that ask for it by name; default: true' })),
    when: Type.Optional(When),
    // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
    then: Type.Union([Then, Type.Array(Then, { minItems: 1, maxItems: 1000 })], {
      description: 'what is done to the call, or a list of such objects, one for each call',
    }),
    times: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'how many calls it acts on; default: all, or for a list one call for each step',
      }),
    ),
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'how many matching calls it skips first' })),
  },
  closed,
);
export type ScenarioRecord = Static<typeof Scenario>;

/** Counts of a scenario's use. */
export const hitFields = {
  calls: Type.Integer({ minimum: 0, description: 'how many calls matched it, or asked for it by name' }),
  hits: Type.Integer({ minimum: 0, description: 'how many calls it acted on' }),
  asked: Type.Integer({
    minimum: 0,
    description: 'how many calls asked for it with the header X-Emulator-Scenario; these do not count for times and after',
  }),
};
