import type { Duration, Lifetimes } from './records.js';

/** What a call must look like; what is left out does not matter. */
export interface When {
  /** getAuthCode, an operation of the wallet (applyToken, inquiryUserInfo, revoke, …), or `*`. */
  operation?: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  /** One of the scopes asked for, or granted to the code or token. */
  scope?: string;
  grantType?: string;
  /** Name (in any case) → value. */
  header?: Record<string, string>;
  /** JSON pointer (RFC 6901) → value. */
  body?: Record<string, unknown>;
}

/** What is done to it: one thing or more. */
export interface Then {
  /** A code of the wallet by its wire name, or an outcome by the engine's; SUCCESS lets the operation be done. */
  result?: string;
  /** The resultMessage, or the errorMessage. */
  message?: string;
  /** A raw HTTP answer, with `body`. */
  status?: number;
  /** The body of the raw answer: text, or JSON. */
  body?: unknown;
  /** A duration of the machine's time, or one between two. */
  delay?: Duration | { min: Duration; max: Duration; seed?: number };
  fault?: 'reset' | 'hang' | 'truncate' | 'garbage' | 'bad-signature' | 'no-signature' | 'stale-response-time';
  /** What the user answers, where there is something to ask. */
  consent?: 'grant' | 'deny' | 'cancel';
  /** Refused while the rest is granted: a list of scopes, or scope → error code. */
  denyScopes?: string[] | Record<string, string>;
  /** The error number with which the JSAPI fails. */
  error?: number;
  lifetimes?: Lifetimes;
}

/** A rule: when a call looks like this, do that to it, this many times. */
export interface Scenario {
  /** A name without spaces and slashes; it is given one where there is none. */
  id?: string;
  when?: When;
  /** One thing, or a list of them for one call after another. */
  then: Then | Then[];
  /** How many calls it acts on. Without it always, and a list once on each of so many calls. */
  times?: number;
  /** How many matching calls it lets by first. */
  after?: number;
}

/** A scenario of the library by its name; what is given besides takes the place of what it says. */
export interface LibraryScenarioUse extends Omit<Scenario, 'then'> {
  /** As `billetera scenarios` lists them: `user-refuses`, `platform-down`, … */
  library: string;
  then?: Then | Then[];
}

/** A scenario, and how often it was met. */
export interface RunningScenario extends Scenario {
  id: string;
  /** How many calls looked like it, or asked for it by name. */
  calls: number;
  /** How many of them it acted on. */
  hits: number;
  /** How many asked for it by the header `X-Emulator-Scenario`: they count for neither `times` nor `after`. */
  asked: number;
}

/** A scenario with a name of its own, that fits every wallet. */
export interface LibraryScenario {
  name: string;
  title: string;
  /** What happens. */
  does: string;
  /** What a good integration does then. */
  expect: string;
  scenario: Scenario;
}
