import type { Duration, Lifetimes } from './records.js';

/** Selects calls. A call matches if it matches every field that is given. */
export interface When {
  /** getAuthCode, an operation of the wallet (applyToken, inquiryUserInfo, revoke, …), or `*`. */
  operation?: string;
  /** The path of a call to the OpenAPI, with its prefix. It may be one that no operation of the wallet has. */
  path?: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  /** One of the scopes that are asked for, or that the code or token has. */
  scope?: string;
  grantType?: string;
  /** Header → value. Upper and lower case of the name do not matter. */
  header?: Record<string, string>;
  /** JSON pointer (RFC 6901) → value. */
  body?: Record<string, unknown>;
}

/** The effect on the call: one or several. */
export interface Then {
  /** A result code of the wallet, or an outcome of the engine. SUCCESS carries out the operation. */
  result?: string;
  /** Becomes the resultMessage, or the errorMessage of a JSAPI. */
  message?: string;
  /** The HTTP status of a raw answer. */
  status?: number;
  /** The body of a raw answer: text or JSON. */
  body?: unknown;
  /** A duration of the machine's time, or a random one between two. */
  delay?: Duration | { min: Duration; max: Duration; seed?: number };
  fault?: 'reset' | 'hang' | 'truncate' | 'garbage' | 'bad-signature' | 'no-signature' | 'stale-response-time';
  /** The user's answer, if the user is asked. */
  consent?: 'grant' | 'deny' | 'cancel';
  /** Scopes that are refused while the rest is granted: a list, or scope → error code. */
  denyScopes?: string[] | Record<string, string>;
  /** The JSAPI fails with this error number. Beside `result` or `status`, it acts on the JSAPIs alone. */
  error?: number;
  lifetimes?: Lifetimes;
}

/** A rule: which calls, what happens to them, and how often. */
export interface Scenario {
  /** A name without spaces and slashes. Default: generated. */
  id?: string;
  /** A title in a few words, for the emulator's pages. */
  title?: string;
  /** `false`: it acts only on calls that ask for it by name. Default: true. */
  enabled?: boolean;
  when?: When;
  /** One effect, or a list with an effect for each call in turn. */
  then: Then | Then[];
  /** The number of calls that it acts on. Default: all; for a list, as many as it has items. */
  times?: number;
  /** The number of matching calls that it skips first. */
  after?: number;
}

/** A scenario of the library, by name. Other fields replace those of the library. */
export interface LibraryScenarioUse extends Omit<Scenario, 'then'> {
  /** A name that `billetera scenarios` lists: `user-refuses`, `platform-down`, … */
  library: string;
  then?: Then | Then[];
}

/** A scenario, and how often it matched. */
export interface RunningScenario extends Scenario {
  id: string;
  /** The number of calls that matched it or asked for it by name. */
  calls: number;
  /** The number of calls that it acted on. */
  hits: number;
  /** The number of calls that asked for it with the header `X-Emulator-Scenario`. They do not count for `times` and `after`. */
  asked: number;
}

/** A scenario of the library. It works with every wallet. */
export interface LibraryScenario {
  name: string;
  title: string;
  /** The part of the library. */
  group: 'user' | 'tokens' | 'answers' | 'network' | 'signature';
  /** The effect, in words. */
  does: string;
  /** The right reaction of an integration. */
  expect: string;
  scenario: Scenario;
}
