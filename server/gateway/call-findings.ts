import type { TimeForm } from '../clock/time.js';
import type { FindingCode } from '../engine/finding-codes.js';
import type { SignatureFacts } from '../journal/build-entry.js';
import type { DecidedScopes } from '../journal/entry.js';
import type { Fields } from '../profiles/fields.js';
import type { Operation, WireCode } from '../profiles/profile.js';
import type { AppEntry, ClientEntry } from '../records/entries.js';
import type { AppliedScenario } from '../scenarios/scenario-list.js';
import type { Encoding } from '../signing/encodings.js';
import type { IncomingCall } from './incoming-call.js';

/** The facts that the checks collect about a call, for the answer and for the journal. */
export interface CallFindings {
  operation?: Operation;
  client?: ClientEntry;
  app?: AppEntry;
  userId?: string;
  scopes?: readonly string[];
  /** The scopes that the user agreed to on a screen, if this call exchanged the authCode and its answer arrives whole. */
  consented?: readonly string[];
  /** The scopes that this call used, or would have used if it was refused. */
  used?: readonly string[];
  /** The authorization that the call belongs to: that of its code or token, or the one that it started. */
  authorizationId?: string;
  /** The result for each scope, if the call asked for scopes. */
  decided?: DecidedScopes;
  fields?: Fields;
  /** The form of the answer's time. */
  timeForm: TimeForm;
  /** The path that the request's signature covers. The answer's signature covers the same. */
  signedPath: string;
  signature: Omit<SignatureFacts, 'encoding'> & { encoding?: Encoding };
  /** The scenario that acts on the call. */
  scenario?: AppliedScenario;
  /** The code of the failure that a scenario set. */
  code?: WireCode;
  /** Codes of the integration's mistakes. */
  findings: Set<FindingCode>;
  /** The codes and tokens of the request and the answer, which the journal shortens. */
  secrets: string[];
}

/** The facts that are known before the first check. */
export function startFindings({ tenant, path, requestTime, signature }: IncomingCall): CallFindings {
  return {
    timeForm: requestTime.parsed?.form ?? tenant.profile.source.headers.time ?? 'iso',
    signedPath: path,
    signature: {
      mode: 'off',
      verified: null,
      mistakes: [],
      ...(signature !== undefined && 'encoding' in signature && { encoding: signature.encoding }),
    },
    findings: new Set(),
    secrets: [],
  };
}
