/** Sentences about codes, tokens and consents: the engine's reasons. */
export const tokenTexts = {
  'code-exchanged': 'authCode {code} was exchanged for tokens of the user {userId}, with {scopes}',
  'token-refreshed': 'refreshToken {token} was exchanged for a new pair of the user {userId}',
  'user-read': 'the user {userId} granted {scopes}, which read {fields}',
  'user-read-partly':
    'the user {userId} granted {scopes}, which read {fields}. {empty} read nothing: the user has no {missing}; add it on the page Users, or in users.json',
  'token-revoked-by-call':
    'accessToken {token} and all tokens of its grant were revoked, and the consent to {scopes} is forgotten',

  'nothing-to-read':
    'the granted scopes ({scopes}) read nothing of the user: ask the user for a scope that does, such as USER_ID',
  'other-wallet':
    '{field} {value} was issued by the wallet {wallet}, which ran here before: get a new one from the wallet that runs now',
  'other-client': '{field} {value} was issued to another client',
  'other-client-named': '{field} {value} was issued to the client {owner}, and another client sent it',
  'other-client-sent': '{field} {value} was issued to another client, and {sender} sent it',
  'other-client-named-sent': '{field} {value} was issued to the client {owner}, and {sender} sent it',
  'other-app': '{field} {value} was issued to another mini program of this client: send the appId {appId}',
  'code-unknown': 'authCode {value} does not exist: it was never issued, or the emulator was reset or restarted since then',
  'code-expired': 'authCode {value} expired at {expiresAt}: exchange a code as soon as the mini program gets it',
  'code-expired-issued': 'authCode {value} was issued at {issuedAt} and expired at {expiresAt}',
  'code-used': 'authCode {value} was exchanged at {usedAt}, and a code works once: get a new one with my.getAuthCode',
  'code-used-by': 'authCode {value} was exchanged at {usedAt} by the client {client}',
  'token-unknown':
    '{field} {value} does not exist: it was never issued, its user was removed, or the emulator was reset since then',
  'refresh-token-expired': 'refreshToken {value} expired at {expiresAt}: ask the user for a new authorization',
  'refresh-token-used':
    'refreshToken {value} was used at {usedAt}, and a refreshToken works once: use the one from the newest pair',
  'access-token-expired': 'accessToken {value} expired at {expiresAt}: refresh it with its refreshToken',
  'access-token-expired-issued':
    "accessToken {value} was issued at {issuedAt} and expired at {expiresAt}; the emulator's clock says {now}",
  'token-revoked': '{field} {value} was revoked at {revokedAt} by {revoker}: ask the user for a new authorization',
  'revoked-during-call': 'the authorization was revoked by {revoker} during this call',

  'revoker-client': 'the client {clientId}',
  'revoker-tester': 'a tester',
  'revoker-user': 'the user',
  'revoker-consent': 'the user, who withdrew the consent',
  'revoker-removed-app': 'a tester, who removed the mini program',

  'screen-closed': 'the user closed the consent screen, so nothing was granted',
  'all-refused': 'the user refused all scopes',
  'made-to-fail': 'the call was made to fail with error {error}',
  'no-permission': 'no permission: {scopes}',
  'scope-not-registered': 'the client is not registered for {scope}',
  'scope-unknown': 'this wallet has no scope {scope}',
  'granted-parts': '{parts}',
  'user-agreed': 'the user agreed to {scopes}',
  'agreed-before': '{scopes} had been agreed to before',
  'scope-silent': '{scope} is silent',
  'scopes-silent': '{scopes} are silent',
  'not-granted': 'not granted: {scopes}',
} as const;
