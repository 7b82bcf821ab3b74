import type { OutcomeName } from '../../engine/outcomes.js';
import type { OperationSource } from '../../profiles/operation-schema.js';
import type { Operation, Profile, WireCode } from '../../profiles/profile.js';
import type { Translate } from '../translate-document.js';

/** A result code of an operation, with everything that can cause it. */
export interface ResultCode extends WireCode {
  outcomes: OutcomeName[];
  causes: string[];
}

/** The reasons for which a call ends in each outcome. */
const causes: Readonly<Record<OutcomeName, string>> = {
  done: 'The operation succeeded.',
  'auth-code-unknown': 'There is no such authCode for this client and mini program.',
  'auth-code-used': 'The authCode was exchanged before.',
  'auth-code-expired': 'The authCode has expired.',
  'refresh-token-unknown': 'There is no such refresh token for this client, or it was revoked.',
  'refresh-token-used': 'The refresh token was used before: each works once.',
  'refresh-token-expired': 'The refresh token has expired.',
  'access-token-unknown': 'There is no such access token for this client, or it was revoked.',
  'access-token-expired': 'The access token has expired.',
  'auth-client-mismatch': 'The client in the body is not the client that calls, and not one that it may act for.',
  'app-unknown': 'The mini program does not exist, or it belongs to another client.',
  'client-suspended': 'The client is suspended.',
  'grant-type-not-allowed': 'The client may not use this grantType.',
  'access-denied': 'The user did not grant what the operation needs, or the caller is not allowed to call.',
  'parameter-illegal': 'A field or a header is missing, too long, or has a value that is not allowed. The message names it.',
  'path-unknown': 'The wallet has no operation at this path.',
  'method-not-supported': 'The method is not POST.',
  'media-type-not-acceptable': 'The Content-Type is not application/json.',
  'client-unknown': 'The header Client-Id is missing, or there is no such client.',
  'signature-invalid': 'The signature is missing, although this client must sign, or it does not verify.',
  'agent-token-unknown': 'The header Agent-Token has no token of this client.',
  'agent-token-expired': 'The token in the header Agent-Token has expired.',
  'traffic-exceeded': 'The client has called more often than its rateLimit allows.',
  'process-failed': 'The platform could not finish the call. Try again later.',
  'exception-unknown': 'The platform failed, and the result is not known. The call may be repeated.',
};

/** The outcomes that every operation can have, in the order of the checks. */
const commonOutcomes: readonly OutcomeName[] = [
  'done',
  'method-not-supported',
  'media-type-not-acceptable',
  'client-unknown',
  'parameter-illegal',
  'signature-invalid',
  'agent-token-unknown',
  'agent-token-expired',
  'client-suspended',
  'traffic-exceeded',
  'access-denied',
  'process-failed',
  'exception-unknown',
];
/** Engine's name of a request field → the outcomes of an operation that has it. */
const fieldOutcomes: Readonly<Record<string, readonly OutcomeName[]>> = {
  authClient: ['auth-client-mismatch'],
  appId: ['app-unknown'],
  grantType: ['grant-type-not-allowed'],
  authCode: ['auth-code-unknown', 'auth-code-used', 'auth-code-expired'],
  refreshToken: ['refresh-token-unknown', 'refresh-token-used', 'refresh-token-expired'],
  accessToken: ['access-token-unknown', 'access-token-expired'],
};

/** The result codes that an operation can answer with. Several outcomes can have one code. */
export function resultCodesOfOperation({ codes }: Profile, operation: Operation, { request }: OperationSource): ResultCode[] {
  const fields = new Set(Object.entries(request).map(([name, { as = name }]) => as));
  const outcomes = [
    ...commonOutcomes,
    ...Object.entries(fieldOutcomes).flatMap(([name, list]) => (fields.has(name) ? list : [])),
  ].filter((outcome) => !(operation.anyToken && outcome === 'access-token-expired'));
  const byCode = new Map<string, ResultCode>();
  for (const outcome of outcomes) {
    const wire = codes[outcome];
    const known = byCode.get(wire.code) ?? { ...wire, outcomes: [], causes: [] };
    known.outcomes.push(outcome);
    known.causes.push(causes[outcome]);
    byCode.set(wire.code, known);
  }
  return [...byCode.values()];
}

/** The result codes as a table in Markdown. */
export function resultCodeTable(codes: readonly ResultCode[], translate: Translate): string {
  const inWords = (causes: readonly string[]) => causes.map((cause) => translate(cause)).join(' ');
  const rows = codes.map(({ code, status, causes: why }) => `| ${code} | ${status} | ${inWords(why)} |`);
  return [`| resultCode | resultStatus | ${translate('cause')} |`, '|---|---|---|', ...rows].join('\n');
}
