import type { EngineEvent } from '../engine/events.js';
import type { OutcomeName } from '../engine/outcomes.js';
import type { Lifetimes } from '../engine/parties.js';
import type { Scopes } from '../engine/scopes.js';
import type { ContentTemplate } from '../signing/content.js';
import type { FieldsReader } from './fields.js';
import type { JsapiSource } from './jsapi-schema.js';
import type { verbs } from './operation-schema.js';
import type { ProfileSource } from './schema.js';
import type { Tree } from './tree.js';

/** An operation of the wallet's OpenAPI, compiled. */
export interface Operation {
  name: string;
  verb: (typeof verbs)[number];
  /** Full paths, with prefix and ending. */
  paths: readonly string[];
  readFields: FieldsReader;
  response: Tree;
  /** read-declared: the scope that the token needs. */
  scope?: string;
  /** exchange: the call also reads the user. It fails if the user cannot be read, and it accepts a live access token. */
  withUserInfo: boolean;
  /** The response contains user information. */
  mentionsUserInfo: boolean;
  /** read-declared: accepts expired and revoked tokens too. */
  anyToken: boolean;
  /**
   * Translates the engine's name of a request field to the name on the wire, for messages.
   * @param body of the call; if several names mean the same field, the one in the body is chosen
   */
  wireName(field: string, body?: object): string;
}

/** A JSAPI of the wallet, compiled. */
export interface Jsapi {
  name: string;
  verb: JsapiSource['verb'];
  /** The only scopes that it accepts. Absent: all scopes of the wallet. */
  scopes?: readonly string[];
  answer?: Tree;
  failure?: Tree;
  errors: Readonly<Record<string, number | string>>;
  /** The parameter in which a mini program says what it needs the data for. */
  purpose?: string;
  /** Refuse on the screen refuses silent scopes too. */
  refusesSilentScopes: boolean;
}

/** An outcome in the wallet's words. */
export interface WireCode {
  code: string;
  status: 'S' | 'F' | 'U' | 'A';
  /** The resultMessage of a successful call. */
  message?: string;
}

/** A wallet profile, compiled: lookups are maps, and request fields are compiled readers. */
export interface Profile {
  name: string;
  source: ProfileSource;
  /** Full path → operation. */
  operations: ReadonlyMap<string, Operation>;
  scopes: Scopes;
  /** The scopes that a read-declared operation needs. */
  declaredScopes: ReadonlySet<string>;
  codes: Readonly<Record<OutcomeName, WireCode>>;
  /** Result codes that only scenarios send. */
  scenarioCodes: ReadonlyMap<string, WireCode>;
  /** Milliseconds. */
  lifetimes: Lifetimes;
  signedRequest: ContentTemplate;
  signedResponse: ContentTemplate;
  /** The prefixes that a path may have, the usual one first. One of them may be empty. */
  prefixes: readonly string[];
  jsapis: ReadonlyMap<string, Jsapi>;
  /** Event → the body of the notification that merchants receive. */
  notifications: ReadonlyMap<EngineEvent['name'], Tree>;
}

/** All result codes that the wallet can send, each once. */
export function resultCodesOf({ codes, scenarioCodes }: Profile): string[] {
  return [...new Set([...Object.values(codes).map(({ code }) => code), ...scenarioCodes.keys()])];
}
