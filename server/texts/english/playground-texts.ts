/** Reasons that a step of the playground's sample merchant failed (console/demo). */
export const playgroundTexts = {
  'demo-key-unknown':
    "the client {clientId} must sign with a key that the sample merchant does not have. Exchange the code from your own server, or make the client's signature optional",
  'demo-no-result': 'POST {path} answered HTTP {status} without a result: {body}',
  'demo-empty-body': 'an empty body',
  'demo-no-signature': 'the answer to POST {path} has no signature',
  'demo-signature-wrong': 'the signature of the answer to POST {path} does not verify',
  'demo-answer-old': 'the answer to POST {path} is of {time}, too far from now: it may be an old one',
  'demo-platform-failed': 'the platform could not be asked: {problem}',
  'demo-no-prepare': 'the wallet {wallet} prepares no authorizations',
  'demo-no-revoke': 'the wallet {wallet} has no revocation',
  'demo-no-token': 'the platform no longer has the access token',
  'demo-no-customer': 'the sample merchant has no such customer any more: ask for an authorization again',
} as const;
