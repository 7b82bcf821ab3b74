/** The mistakes of a signature that covers something else than the content to sign. */
export const contentMistakeCodes = [
  'body-changed',
  'path-without-prefix',
  'path-slash',
  'path-mismatch',
  'full-url',
  'foreign-host',
  'query-in-path',
  'separator',
  'time-mismatch',
  'client-id-mismatch',
  'wrong-method',
  'wrong-charset',
  'byte-order-mark',
  'hashed-twice',
  'previous-call',
  'content-unknown',
] as const;
export type ContentMistakeCode = (typeof contentMistakeCodes)[number];

/** The mistakes that a signer can make. */
export const signatureMistakeCodes = [
  'unsigned-request',
  'not-base64',
  'double-encoded',
  'damaged-signature',
  'placeholder-signature',
  'wrong-hash',
  'wrong-key',
  'platform-key',
  ...contentMistakeCodes,
] as const;
export type SignatureMistakeCode = (typeof signatureMistakeCodes)[number];

/** The other mistakes that an integration can make. */
export const integrationMistakeCodes = [
  'consent-on-first-screen',
  'token-in-browser',
  'auth-code-reused',
  'refresh-token-reused',
  'token-after-revoke',
  'auth-code-kept',
  'request-time-off',
  'scope-not-registered',
  'scope-never-used',
] as const;
export type IntegrationMistakeCode = (typeof integrationMistakeCodes)[number];

/** The mistakes of an integration that the emulator notices. journal/finding-texts.ts explains each. */
export const findingCodes = [...signatureMistakeCodes, ...integrationMistakeCodes] as const;
export type FindingCode = (typeof findingCodes)[number];
