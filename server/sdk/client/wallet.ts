import type { Authorization, AuthorizationFilter, AuthorizationWithSteps } from './authorizations.js';
import type {
  Entry,
  Finding,
  ListFilter,
  RunningCall,
  SignatureExplanation,
  SignedCall,
  WaitFor,
  WrittenCall,
} from './journal.js';
import type { App, Client, Consent, ConsentChanges, Duration, NewConsent, Settings, User } from './records.js';
import type { LibraryScenario, LibraryScenarioUse, RunningScenario, Scenario } from './scenario-types.js';
import type { AuthCode, AuthCodeRequest, InspectedToken, IssuedTokens, Token, TokenRequest, WhichTokens } from './tokens.js';

/** A JSON merge patch (RFC 7396): objects merge, and null removes a field. */
export type Merge<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Field in keyof Value]?: Merge<Value[Field]> | null }
    : Value;

/** The clients, apps, users or consents of a running emulator. */
export interface Records<Stored, New = Stored, Changes = Merge<New>> {
  list(): Promise<Stored[]>;
  /** @throws WalletError 404 if it does not exist */
  read(id: string): Promise<Stored>;
  /** @throws WalletError 409 if it exists, 400 for a bad field */
  add(record: New): Promise<Stored>;
  /** @throws WalletError 404 if it does not exist, 400 for a bad field */
  change(id: string, changes: Changes): Promise<Stored>;
  /** Also removes what depends on it. @throws WalletError 404 if it does not exist */
  remove(id: string): Promise<void>;
}

/** The emulator's time. It counts for codes, tokens, consents, answers and the journal. */
export interface ClockState {
  /** ISO 8601, in UTC. */
  now: string;
  frozen: boolean;
}

export interface Clock {
  read(): Promise<ClockState>;
  /** A frozen clock stays frozen at that time; a running clock continues from there. @param time ISO 8601, or a Date */
  set(time: string | Date): Promise<ClockState>;
  /** Stops the clock, at that time or at the current one. */
  freeze(at?: string | Date): Promise<ClockState>;
  /** Lets a frozen clock run. */
  run(): Promise<ClockState>;
  /** Moves the clock forward, frozen or not. @param by `PT2H`, or seconds */
  advance(by: Duration): Promise<ClockState>;
}

/** A tenant's state as JSON, for `restore`. */
export interface Snapshot {
  readonly [field: string]: unknown;
}

/**
 * An emulator, or one tenant of it, as a test controls it. Each method calls the control API over HTTP, and rejects with a
 * WalletError if the API refuses the call.
 */
export interface Wallet {
  /** `http://127.0.0.1:4010` or `http://127.0.0.1:4010/t/<tenant>`: the base address of the OpenAPI, `/my.js` and the control API. */
  readonly url: string;
  /** The HTTPS address, if `startEmulator` was called with a TLS option. */
  readonly tlsUrl?: string;
  readonly authCodes: {
    /**
     * Issues a code without a browser. A user who would be asked agrees; a user who refuses by behaviour or setting refuses here
     * too. If nothing was granted, there is no `authCode`.
     */
    issue(request: AuthCodeRequest): Promise<AuthCode>;
  };
  readonly authorizations: {
    /** The authorizations that the journal knows, newest first. */
    list(filter?: AuthorizationFilter): Promise<Authorization[]>;
    /** One with its calls. @throws WalletError 404 if the journal has no call of it */
    read(authorizationId: string): Promise<AuthorizationWithSteps>;
  };
  readonly tokens: {
    /** The latest tokens of each authorization, not shortened, newest first. @param filter default of `limit`: 1000 */
    list(filter?: { clientId?: string; userId?: string; limit?: number }): Promise<Token[]>;
    /** Issues tokens without a code. */
    issue(request: TokenRequest): Promise<IssuedTokens>;
    /** Tells the facts about a whole code or token. @throws WalletError 404 if it is unknown */
    inspect(token: string): Promise<InspectedToken>;
    /** Makes them expire now. @returns how many authorizations were affected */
    expire(which: WhichTokens): Promise<{ count: number }>;
    /** Revokes them, with all tokens of the same authorization. @returns how many authorizations were affected */
    revoke(which: WhichTokens): Promise<{ count: number }>;
  };
  readonly clock: Clock;
  readonly scenarios: {
    /** Adds a scenario at the end: the first that matches acts. @throws WalletError 400 for a bad field, 409 for an id in use */
    add(scenario: Scenario | LibraryScenarioUse): Promise<RunningScenario>;
    /** In the order of their creation, with how often each matched. */
    list(): Promise<RunningScenario[]>;
    /** @throws WalletError 404 if it does not exist */
    read(id: string): Promise<RunningScenario>;
    /** Merges the changes. Its counts start again at 0. @throws WalletError 404 if it does not exist, 400 for a bad field */
    change(id: string, changes: Merge<Omit<Scenario, 'id'>>): Promise<RunningScenario>;
    /** @throws WalletError 404 if it does not exist */
    remove(id: string): Promise<void>;
    clear(): Promise<void>;
    /** The scenarios that `add({ library: name })` can use. */
    library(): Promise<LibraryScenario[]>;
  };
  readonly journal: {
    /** The entries, newest first. @param filter default of `limit`: 100 */
    list(filter?: ListFilter): Promise<Entry[]>;
    /** The entries as HAR 1.2, oldest first, for tools that show HTTP calls. @param filter default of `limit`: 100 */
    har(filter?: ListFilter): Promise<Record<string, unknown>>;
    /** @throws WalletError 404 if it is not in the journal, or not any more */
    get(id: string): Promise<Entry>;
    /** The calls that have begun and not ended, newest first. */
    running(): Promise<RunningCall[]>;
    clear(): Promise<void>;
    /**
     * Waits until enough entries match.
     * @example await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS', timeout: 'PT10S' })
     * @throws WalletError 408 after the timeout, with the nearest entries in its message
     */
    wait(what: WaitFor): Promise<Entry[]>;
  };
  readonly settings: {
    read(): Promise<Settings>;
    /** Changes the settings that are given. */
    change(changes: Partial<Settings>): Promise<Settings>;
  };
  readonly clients: Records<Client>;
  readonly apps: Records<App>;
  readonly users: Records<User>;
  readonly consents: Records<Consent, NewConsent, ConsentChanges>;
  readonly keys: {
    /** The public key that verifies the platform's answers, as PEM (SPKI). */
    platform(): Promise<string>;
  };
  /** The mistakes of the integration. The most recently seen comes first. */
  findings(): Promise<Finding[]>;
  readonly snapshot: {
    /** Includes whole codes and tokens, and not the journal. */
    take(): Promise<Snapshot>;
    /** Replaces the whole state. @throws WalletError 400 if it is not a snapshot; then nothing changes */
    restore(snapshot: Snapshot): Promise<void>;
  };
  /** Everything that a developer needs to see what a tester saw. Codes, tokens and the data of users are hidden. */
  report(): Promise<Record<string, unknown>>;
  /** The whole profile of the current wallet, as in its file. */
  profile(): Promise<Record<string, unknown>>;
  /** The OpenAPI 3.1 document of the merchants' API of the current wallet. */
  openApi(): Promise<Record<string, unknown>>;
  /** Says why a signature does not verify. */
  explainSignature(call: SignedCall | WrittenCall): Promise<SignatureExplanation>;
  /** Back to the fixtures: no tokens, consents, scenarios or journal, and the clock runs. A tenant is dropped until its next use. */
  reset(): Promise<void>;
  /**
   * An isolated tenant of the same emulator, with its own clients, users, tokens, scenarios, clock, journal and settings. Created on
   * first use.
   * @param name up to 64 letters, digits, dots, hyphens and underscores
   */
  tenant(name: string): Wallet;
  /** Stops the emulator that `startEmulator` started, once all changes are stored. Does nothing for other wallets. */
  close(): Promise<void>;
}
