/**
 * The values of `error` in `{ error, message }`, for programs: the answer of the control API, the JSAPI endpoint, the playground and
 * the pages to a request that they reject. A new code goes here, and the control API's OpenAPI document lists it.
 */
export const controlErrorCodes = [
  // The control API.
  'invalid',
  'not-found',
  'exists',
  'not-in-time',
  'too-large',
  'media-type',
  'method-not-allowed',
  'failed',
  // Any request.
  'unreadable',
  'host-not-ours',
  'other-origin',
  'tenant-name',
  'unauthorized',
  'no-space',
  'not-stored',
  'tenant-unreadable',
  'read-only',
  // The JSAPI endpoint.
  'illegal-call',
  // The playground's sample merchant.
  'auth-code',
  'not-demo-key',
  'no-result',
  'untrusted-answer',
  'platform',
] as const;

export type ControlErrorCode = (typeof controlErrorCodes)[number];
