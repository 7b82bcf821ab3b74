import type { FindingCode, SignatureMistakeCode } from '../../engine/finding-codes.js';
import type { Duration } from './records.js';

/** A mistake of the signer in one call. */
export interface SignatureMistake {
  code: SignatureMistakeCode;
  message: string;
}

/** One call, with the reason for its outcome. Codes and tokens are shortened unless the emulator shows secrets. */
export interface Entry {
  /** Unique in the emulator. A newer entry has a greater number. */
  id: string;
  /** Its tenant, if the filter `tenant` is set. */
  tenant?: string;
  kind: 'openapi' | 'jsapi' | 'control' | 'notification' | 'recorded';
  /** ISO 8601, by the emulator's clock. */
  at: string;
  /** The authorization that it belongs to. */
  authorizationId?: string;
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
  /** The reason of its outcome, in a sentence. */
  reason: string;
  durationMs: number;
  /** The header `traceparent` of the request, which names the trace that the call belongs to. */
  traceparent?: string;
  /** The scenario that acted on it. */
  scenario?: string;
  findings: FindingCode[];
  signature?: {
    mode: string;
    /** null: not tried. */
    verified: boolean | null;
    encoding?: string;
    mistakes: SignatureMistake[];
  } & ContentComparison;
  /** Of the kind `recorded`: what was found out about the call and the platform's answer. */
  recorded?: RecordedFacts;
  request: Message;
  response: Message;
}

/** The findings about a call that was sent on to a real platform. */
export interface RecordedFacts {
  /** The address that was called. */
  address: string;
  /** If the platform accepted the request's signature. null: its answer does not tell. */
  accepted: boolean | null;
  /** If the emulator's check of the request's signature says the same. null: one of them does not tell. */
  agrees: boolean | null;
  /** The signature of the platform's answer. */
  answer: {
    /** null: not tried. */
    verified: boolean | null;
    encoding?: string;
    algorithm?: string;
    /** The template of the content that was signed. */
    content?: string;
  };
  /** The answer that the emulator would have given. Absent if the platform gave no answer. */
  emulator?: {
    /** The HTTP status. */
    status: number;
    resultStatus?: string;
    resultCode?: string;
    /** The reason, in a sentence. */
    reason: string;
    headers: Record<string, string | string[]>;
    /** A long one is cut. */
    body: string;
  };
}

/** The content to sign beside the content that was signed. Empty if the signature verifies. */
export interface ContentComparison {
  contentToSign?: string;
  /** Absent if nothing tells it. */
  signedContent?: string;
  /** The first byte that differs, from 0. */
  firstDifference?: number;
  /** The mistakes that were looked for and not made. `tried`: the number of contents, keys or encodings. */
  ruledOut?: { code: SignatureMistake['code']; tried: number }[];
}

export interface Message {
  headers: Record<string, unknown>;
  /** As it was sent; a long one is cut. */
  body: string;
}

/** A call that has begun and not ended. */
export interface RunningCall
  extends Pick<
    Entry,
    'kind' | 'method' | 'path' | 'operation' | 'clientId' | 'appId' | 'userId' | 'scopes' | 'authorizationId' | 'scenario'
  > {
  /** The id of its entry, if the journal has it already. */
  entryId?: string;
  /** ISO 8601, by the emulator's clock. */
  startedAt: string;
  /** A delay; the user, who has a sheet to answer; or the caller, who gets no answer and must hang up. */
  waitsFor: 'delay' | 'user' | 'caller';
}

/** Selects entries. An entry matches if it matches every field that is given. */
export interface EntryFilter {
  /** A text in the path, the operation, the codes, the traceparent, the reason or a body. Upper and lower case do not matter. */
  q?: string;
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
  /** An authorizationId. */
  authorization?: string;
  finding?: FindingCode;
  /** The HTTP status. */
  status?: number;
  /** An ISO 8601 time, by the emulator's clock: entries from then on. */
  since?: string;
}

/** Selects the entries to list. */
export interface ListFilter extends EntryFilter {
  /** The name of a tenant, or `*` for all tenants. Default: the client's own. */
  tenant?: string;
  /** The id of an entry. Only older entries are listed. */
  before?: number;
  /** At most this many. Default: 100. */
  limit?: number;
}

/** Selects the entries to wait for: the fields of a filter, or the filter as `match`. */
export interface WaitFor extends EntryFilter {
  match?: EntryFilter;
  /** The number of entries that must match, earlier ones included. Default: 1. */
  count?: number;
  /** The time to wait, in the machine's time. Default: PT5S. */
  timeout?: Duration;
}

/** A mistake of the integration, with all the calls that show it. */
export interface Finding {
  code: FindingCode;
  /** The explanation and the advice, in one text. For a signature: the mistake in the newest call. */
  message: string;
  title: string;
  /** Explains the mistake, and why it matters. */
  explanation: string;
  whatToDo: string;
  /** The source of the rule. */
  rule: string;
  count: number;
  firstSeen: string;
  lastSeen: string;
  /** Ids of journal entries, newest first. */
  entries: string[];
}

/**
 * A request as a text: a curl command, a raw HTTP request, headers with the body, or a HAR file. Of several requests, the first that does
 * not verify is explained.
 */
export interface WrittenCall {
  text: string;
}

/** A call, as it was signed. */
export interface SignedCall {
  /** Default: POST. */
  method?: string;
  /** The path as it was called, or the full URL. */
  path: string;
  /** Client-Id, Request-Time and Signature. Upper and lower case do not matter. */
  headers: Record<string, string>;
  /** Byte for byte as it was sent. */
  body: string;
}

/** The content to sign, and the signer's mistakes. */
export interface SignatureExplanation extends ContentComparison {
  method: string;
  /** The path that is signed. */
  path: string;
  clientId: string;
  verified: boolean;
  /** The content to sign, byte for byte. */
  contentToSign: string;
  /** The encoding of the signature: percent, plain or base64url; null if there is no readable signature. */
  encoding: string | null;
  mistakes: SignatureMistake[];
}
