import Type, { type Static } from 'typebox';
import { findingCodes, type SignatureMistakeCode, signatureMistakeCodes } from '../engine/finding-codes.js';
import { Dictionary, Instant, OptionalText } from '../schemas/common.js';
import type { Text } from '../texts/text.js';

export const EntryKind = Type.Enum(['openapi', 'jsapi', 'control', 'notification', 'recorded']);

export const PresentedMistake = Type.Object({ code: Type.Enum(signatureMistakeCodes), message: Type.String() });
export const SignatureMistakes = Type.Array(PresentedMistake);

/** The comparison of the content to sign with the content that was signed. Absent if the signature verifies. */
export const ContentComparison = {
  contentToSign: Type.Optional(Type.String({ description: 'the content to sign; a long one is cut' })),
  signedContent: Type.Optional(Type.String({ description: 'the content that was signed; absent if nothing tells it' })),
  firstDifference: Type.Optional(Type.Integer({ description: 'the first byte that differs in the two contents, from 0' })),
  ruledOut: Type.Optional(
    Type.Array(
      Type.Object({
        code: Type.Enum(signatureMistakeCodes),
        tried: Type.Integer({ description: 'the number of contents, keys or encodings that were tried' }),
      }),
      { description: 'the mistakes that were looked for and not made' },
    ),
  ),
};

/** The findings about a call that was sent on to a real platform. */
export const RecordedFacts = Type.Object(
  {
    address: Type.String({ description: 'the address that was called' }),
    accepted: Type.Union([Type.Boolean(), Type.Null()], {
      description: "whether the platform accepted the request's signature; null: its answer does not tell",
    }),
    agrees: Type.Union([Type.Boolean(), Type.Null()], {
      description: "whether the emulator's check of the request's signature says the same; null: one of them does not tell",
    }),
    answer: Type.Object(
      {
        verified: Type.Union([Type.Boolean(), Type.Null()], { description: 'null: not tried' }),
        encoding: OptionalText,
        algorithm: OptionalText,
        content: Type.Optional(Type.String({ description: 'the template of the content that was signed' })),
      },
      { description: "the signature of the platform's answer" },
    ),
    emulator: Type.Optional(
      Type.Object(
        {
          status: Type.Integer({ description: 'the HTTP status' }),
          resultStatus: OptionalText,
          resultCode: OptionalText,
          reason: Type.String({ description: 'why, in a sentence' }),
          headers: Dictionary(Type.Union([Type.String(), Type.Array(Type.String())])),
          body: Type.String({ description: 'a long one is cut' }),
        },
        { description: 'what the emulator would have answered; absent if the platform gave no answer' },
      ),
    ),
  },
  { description: 'of the kind recorded' },
);
export type RecordedFacts = Static<typeof RecordedFacts>;

export const PresentedMessage = Type.Object({
  headers: Dictionary(Type.Unknown()),
  body: Type.String({ description: 'as it was sent; a long one is cut' }),
});

export type PresentedMessage = Static<typeof PresentedMessage>;

/** A journal entry as the control API and the pages show it. The stored entry's type derives from it. */
export const PresentedEntry = Type.Object(
  {
    id: Type.String({ description: 'unique in the emulator; a newer entry has a greater number' }),
    tenant: Type.Optional(Type.String({ description: 'its tenant, if the filter tenant is set' })),
    kind: EntryKind,
    at: Instant,
    authorizationId: Type.Optional(Type.String({ description: 'the authorization that it belongs to' })),
    operation: OptionalText,
    method: Type.String(),
    path: Type.String(),
    clientId: OptionalText,
    appId: OptionalText,
    userId: OptionalText,
    scopes: Type.Optional(Type.Array(Type.String())),
    status: Type.Integer({ description: 'the HTTP status' }),
    resultStatus: OptionalText,
    resultCode: OptionalText,
    reason: Type.String({ description: 'why it ended as it did, in a sentence' }),
    durationMs: Type.Number(),
    traceparent: Type.Optional(
      Type.String({ description: 'the header traceparent of the request, which names the trace that the call belongs to' }),
    ),
    scenario: OptionalText,
    findings: Type.Array(Type.Enum(findingCodes)),
    signature: Type.Optional(
      Type.Object({
        mode: Type.String(),
        verified: Type.Union([Type.Boolean(), Type.Null()], { description: 'null: not tried' }),
        encoding: OptionalText,
        mistakes: SignatureMistakes,
        ...ContentComparison,
      }),
    ),
    recorded: Type.Optional(RecordedFacts),
    request: PresentedMessage,
    response: PresentedMessage,
  },
  { description: 'One call, with the reason for its outcome' },
);
export type PresentedEntry = Static<typeof PresentedEntry>;

/** The reason for which a running call waits. */
export const waits = ['delay', 'user', 'caller'] as const;

const { kind, authorizationId, operation, method, path, clientId, appId, userId, scopes, scenario } = PresentedEntry.properties;

/** A call that has begun and not ended, as the control API shows it. */
export const PresentedRunningCall = Type.Object(
  {
    entryId: Type.Optional(Type.String({ description: 'the id of its journal entry, if the journal has it already' })),
    kind,
    startedAt: Instant,
    waitsFor: Type.Enum(waits, {
      description: 'a delay; the user, who has a sheet to answer; or the caller, who gets no answer and must hang up',
    }),
    ...{ authorizationId, operation, method, path, clientId, appId, userId, scopes, scenario },
  },
  { description: 'One call that runs' },
);
export type PresentedRunningCall = Static<typeof PresentedRunningCall>;

/** A journal entry as it is stored. */
export interface JournalEntry
  extends Omit<PresentedEntry, 'tenant' | 'at' | 'scopes' | 'reason' | 'signature' | 'recorded' | 'request' | 'response'> {
  /** Milliseconds since the epoch, by the emulator's clock. */
  at: number;
  scopes?: readonly string[];
  /** The reason for the result. A page writes it in the reader's language. */
  reason: Text;
  signature?: Omit<NonNullable<PresentedEntry['signature']>, 'mistakes'> & { mistakes: readonly StoredMistake[] };
  recorded?: StoredFacts;
  /** Scopes that the user agreed to on a screen, and that are granted in this call. Only scopes that give something to read. */
  consented?: readonly string[];
  /** The result for each scope, if the call asked for scopes. */
  decided?: DecidedScopes;
  /** Scopes that this call used, or would have used if it was refused. */
  used?: readonly string[];
  request: Message;
  response: Message;
  /** The codes and tokens that the call carried. They are shortened wherever the entry is shown. */
  secrets: readonly string[];
}

/** The facts of a recorded call as they are stored. A page writes the reason of the emulator's answer in the reader's language. */
export interface StoredFacts extends Omit<RecordedFacts, 'emulator'> {
  emulator?: Omit<NonNullable<RecordedFacts['emulator']>, 'reason'> & { reason: Text };
}

/** A mistake in signing, with what was wrong in this call. */
export interface StoredMistake {
  code: SignatureMistakeCode;
  message: Text;
}

/** The result of an authorization for each scope that was asked for. */
export interface DecidedScopes {
  granted: readonly string[];
  /** Scope → code that says why. */
  refused: Readonly<Record<string, string>>;
}

export interface Message {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

export type NewEntry = Omit<JournalEntry, 'id'>;
