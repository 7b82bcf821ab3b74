import type { Decision } from '../engine/authorization.js';
import { jsapiError } from '../engine/jsapi-errors.js';

/** Turns a refusal into one that refuses silent scopes too, so that no authCode is issued. Other decisions stay as they are. */
export function refuseAll(decision: Decision): Decision {
  return decision.decision === 'deny' ? { decision: 'fail', error: jsapiError.refused } : decision;
}
