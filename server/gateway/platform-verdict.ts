import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import type { Profile } from '../profiles/profile.js';

/** The result in an answer of the platform. */
export interface PlatformResult {
  resultStatus?: string;
  resultCode?: string;
}

/** Outcomes that do not tell if the platform checked the signature: it may have ended the call before. */
const silentOutcomes: ReadonlySet<OutcomeName> = new Set([
  'path-unknown',
  'method-not-supported',
  'media-type-not-acceptable',
  'client-unknown',
  'parameter-illegal',
  'access-denied',
  'traffic-exceeded',
  'process-failed',
  'exception-unknown',
]);

/** The result of an answer. Empty if the body has none. */
export function platformResult(body: Buffer): PlatformResult {
  try {
    const { resultStatus, resultCode } = Object(JSON.parse(body.toString()).result);
    return {
      ...(typeof resultStatus === 'string' && { resultStatus }),
      ...(typeof resultCode === 'string' && { resultCode }),
    };
  } catch {
    return {};
  }
}

/**
 * Tells from an answer if the platform accepted the signature of the request.
 * @returns null if the answer does not tell
 */
export function acceptedSignature({ resultStatus, resultCode }: PlatformResult, { codes }: Profile): boolean | null {
  const meant = outcomeNames.filter((name) => codes[name].code === resultCode);
  if (meant.includes('signature-invalid')) return false;
  if (resultStatus === 'S' || resultStatus === 'A') return true;
  return meant.length > 0 && meant.every((name) => !silentOutcomes.has(name)) ? true : null;
}
