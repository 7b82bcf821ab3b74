import type { Duration } from './records.js';

/** A mistake that a signature shows: `body-changed`, `wrong-key`, … */
export interface SignatureMistake {
  code: string;
  message: string;
}

/** One call, with the reason for its outcome. Codes and tokens are shortened unless the emulator shows secrets. */
export interface Entry {
  id: string;
  kind: 'openapi' | 'jsapi' | 'control' | 'notification';
  /** ISO 8601, by the emulator's clock. */
  at: string;
  operation?: string;
  method: string;
  path: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scopes?: string[];
  /** The HTTP status. */
  status: number;
  resultStatus?: string;
  resultCode?: string;
  /** Why it ended as it did, in a sentence. */
  reason: string;
  durationMs: number;
  /** The scenario that acted on it. */
  scenario?: string;
  findings: string[];
  signature?: {
    mode: string;
    /** null: not tried. */
    verified: boolean | null;
    encoding?: string;
    mistakes: SignatureMistake[];
  };
  request: Message;
  response: Message;
}

export interface Message {
  headers: Record<string, unknown>;
  /** As it was sent; long ones are cut. */
  body: string;
}

/** What entries must be like. */
export interface EntryFilter {
  /** Such as applyToken. */
  operation?: string;
  /** Such as USED_AUTHCODE. */
  resultCode?: string;
  resultStatus?: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  kind?: Entry['kind'];
  scenario?: string;
  /** The HTTP status. */
  status?: number;
  /** An ISO 8601 time, by the emulator's clock. */
  since?: string;
}

/** What entries must be like, beside how many and how long; or under `match`, as the control API has it. */
export interface WaitFor extends EntryFilter {
  match?: EntryFilter;
  /** How many must match, those that are there already among them: 1. */
  count?: number;
  /** The machine's time: PT5S. */
  timeout?: Duration;
}

/** A mistake of the integration that was noticed. */
export interface Finding {
  /** `auth-code-reused`, `token-in-browser`, … */
  code: string;
  /** What it means, and what to do. */
  message: string;
  count: number;
  firstSeen: string;
  lastSeen: string;
  /** Ids of journal entries, newest first. */
  entries: string[];
}

/** A call as it was signed. */
export interface SignedCall {
  /** POST. */
  method?: string;
  /** As it was called; a whole address will do. */
  path: string;
  /** Client-Id, Request-Time and Signature; names in any case. */
  headers: Record<string, string>;
  /** Byte for byte as it was sent. */
  body: string;
}

/** What is signed, and what went wrong. */
export interface SignatureExplanation {
  verified: boolean;
  /** What must be signed, byte for byte. */
  contentToSign: string;
  /** How the signature is written: percent, plain or base64url; null where there is none to read. */
  encoding: string | null;
  mistakes: SignatureMistake[];
}
