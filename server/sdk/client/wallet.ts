import type { Entry, EntryFilter, Finding, SignatureExplanation, SignedCall, WaitFor } from './journal.js';
import type { App, Client, Consent, Duration, NewConsent, Settings, User } from './records.js';
import type { LibraryScenario, LibraryScenarioUse, RunningScenario, Scenario } from './scenario-types.js';
import type { AuthCode, AuthCodeRequest, IssuedTokens, Token, TokenRequest, WhichTokens } from './tokens.js';

/** A change that merges (RFC 7396): objects merge, null takes a field away. */
export type Merge<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Field in keyof Value]?: Merge<Value[Field]> | null }
    : Value;

/** The fixtures' things of one kind, while it runs. */
export interface Records<Stored, New = Stored, Changes = Merge<New>> {
  list(): Promise<Stored[]>;
  /** @throws WalletError 404 where there is none */
  read(id: string): Promise<Stored>;
  /** @throws WalletError 409 where there is one already, 400 for a bad field */
  add(record: New): Promise<Stored>;
  /** @throws WalletError 404 where there is none, 400 for a bad field */
  change(id: string, changes: Changes): Promise<Stored>;
  /** What depends on it goes with it. @throws WalletError 404 where there is none */
  remove(id: string): Promise<void>;
}

/** The emulator's time: of codes, tokens, consents, answers and the journal. */
export interface ClockState {
  /** ISO 8601, in UTC. */
  now: string;
  frozen: boolean;
}

export interface Clock {
  read(): Promise<ClockState>;
  /** A frozen clock stays frozen at that time; a running one runs on from there. @param time ISO 8601, or a Date */
  set(time: string | Date): Promise<ClockState>;
  /** Lets it stand still: at that time, or where it is. */
  freeze(at?: string | Date): Promise<ClockState>;
  run(): Promise<ClockState>;
  /** Moves it ahead, frozen or not. @param by `PT2H`, or seconds */
  advance(by: Duration): Promise<ClockState>;
}

/** A state, written down. It is JSON, and for `restore`. */
export interface Snapshot {
  readonly [field: string]: unknown;
}

/**
 * A wallet from a test's side: an emulator, or one tenant of it. Each call goes over HTTP to the control API; what that refuses
 * rejects with a WalletError, whose message is the API's.
 */
export interface Wallet {
  /** Its address, `http://127.0.0.1:4010` or `http://127.0.0.1:4010/t/<tenant>`: base address of the OpenAPI, of `/my.js`, and of this. */
  readonly url: string;
  /** The same by HTTPS, where `startEmulator` was asked for that. */
  readonly tlsUrl?: string;
  readonly authCodes: {
    /**
     * A code without a browser. A user who would be asked counts as agreeing; one who refuses by behaviour or setting refuses here
     * too, and where nothing was granted there is no `authCode`.
     */
    issue(request: AuthCodeRequest): Promise<AuthCode>;
  };
  readonly tokens: {
    /** Of every authorization the latest, whole, newest first. @param filter `limit` is 1000 */
    list(filter?: { clientId?: string; userId?: string; limit?: number }): Promise<Token[]>;
    /** Tokens without a code. */
    issue(request: TokenRequest): Promise<IssuedTokens>;
    /** Makes them expire now. @returns how many authorizations it touched */
    expire(which: WhichTokens): Promise<{ count: number }>;
    /** Revokes all that came from the same authorization. @returns how many authorizations it touched */
    revoke(which: WhichTokens): Promise<{ count: number }>;
  };
  readonly clock: Clock;
  readonly scenarios: {
    /** Behind those that there are: the first that matches acts. @throws WalletError 400 that lists what there is, 409 for an id in use */
    add(scenario: Scenario | LibraryScenarioUse): Promise<RunningScenario>;
    /** In the order of their creation, with how often each was met. */
    list(): Promise<RunningScenario[]>;
    /** @throws WalletError 404 where there is none */
    read(id: string): Promise<RunningScenario>;
    /** @throws WalletError 404 where there is none */
    remove(id: string): Promise<void>;
    clear(): Promise<void>;
    /** Those that have a name: `add({ library: name })`. */
    library(): Promise<LibraryScenario[]>;
  };
  readonly journal: {
    /** What happened, newest first. @param filter `limit` is 100 */
    list(filter?: EntryFilter & { limit?: number }): Promise<Entry[]>;
    /** @throws WalletError 404 where there is none, or no longer */
    get(id: string): Promise<Entry>;
    clear(): Promise<void>;
    /**
     * Waits until so many entries match.
     * @example await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS', timeout: 'PT10S' })
     * @throws WalletError 408 where they do not come in time, with those that came nearest in its message
     */
    wait(what: WaitFor): Promise<Entry[]>;
  };
  readonly settings: {
    read(): Promise<Settings>;
    /** Changes those that it names. */
    change(changes: Partial<Settings>): Promise<Settings>;
  };
  readonly clients: Records<Client>;
  readonly apps: Records<App>;
  readonly users: Records<User>;
  readonly consents: Records<Consent, NewConsent, { scopes?: string[] }>;
  readonly keys: {
    /** The public key that verifies the platform's answers: PEM (SPKI). */
    platform(): Promise<string>;
  };
  /** The integration's mistakes that were noticed, the one seen last ahead. */
  findings(): Promise<Finding[]>;
  readonly snapshot: {
    /** Codes and tokens are in it, whole; the journal is not. */
    take(): Promise<Snapshot>;
    /** What was there before is gone. @throws WalletError 400 for what is no snapshot; nothing changes then */
    restore(snapshot: Snapshot): Promise<void>;
  };
  /** The profile of the wallet that is running, whole, as its file would say it. */
  profile(): Promise<Record<string, unknown>>;
  /** Why a signature does not verify. */
  explainSignature(call: SignedCall): Promise<SignatureExplanation>;
  /** Back to the fixtures: no tokens, consents, scenarios, journal; the clock runs. A tenant is dropped, and its next use makes it anew. */
  reset(): Promise<void>;
  /**
   * A world of its own in the same emulator: its own clients, users, tokens, scenarios, clock, journal, settings. It is made on first use.
   * @param name up to 64 letters, digits, dots, hyphens and underscores
   */
  tenant(name: string): Wallet;
  /** Stops the emulator that `startEmulator` started; resolves once what was answered is kept. Of any other wallet it closes nothing. */
  close(): Promise<void>;
}
