/** Sentences about calls to the OpenAPI: the gateway's checks, its operations and scenarios. */
export const callTexts = {
  'operation-succeeded': '{operation} succeeded',
  'call-without-operation': 'the call succeeded',
  'operation-answered': "{operation} was answered as the wallet's profile says",
  'emulator-failed': 'the emulator failed on this call: please report the error in its log',

  'host-not-ours':
    'the OpenAPI was called on the host name {host}, which is not allowed, because a web page could do that (DNS rebinding): call it at 127.0.0.1, or start billetera with --allow-host {host}',
  'page-of-another-origin':
    'a web page of another origin caused this call, and a recorder sends only the calls of servers to the platform: call it from a server, or start it with --openapi-cors',
  'method-wrong': 'the method is {method}: send POST {path}',
  'media-type-wrong': 'the header Content-Type is {type}: expected application/json; charset=UTF-8',
  'media-type-missing': 'the header Content-Type is missing: expected application/json; charset=UTF-8',
  'path-without-operation': 'the wallet {wallet} has no operation at {path}: {advice}',
  'path-needs-prefix': 'call it with its prefix, {path}',
  'expected-one-of': 'expected one of {values}',
  'client-id-missing': 'the header Client-Id is missing: send your client id',
  'client-unknown': 'the client {clientId} does not exist: add it to clients.json, or by POST /_emulator/clients',
  'header-missing': 'the header {name} is missing',
  'request-time-missing': 'the header Request-Time is missing: send the time of the call, such as 2019-05-28T12:12:12+08:00',
  'request-time-wrong':
    'the header Request-Time is "{time}": expected ISO 8601 with an offset, such as 2019-05-28T12:12:12+08:00, or milliseconds since the epoch',
  'tenant-header-wrong':
    'the header X-Emulator-Tenant is "{name}": expected a name of up to 64 letters, digits, dots, hyphens and underscores',

  'signature-missing':
    'the header Signature is missing, and the client {clientId} must sign: expected "algorithm=RSA256, keyVersion=1, signature=<value>"',
  'signature-wrong': 'the signature does not verify: {mistake}',
  'signature-wrong-content': 'the signature does not verify: {mistakes}; sign {head}, followed by the exact body',

  'body-too-large': 'the body is too large: expected at most 1 MiB',
  'body-unreadable': 'the body could not be read: {problem}',
  'body-empty': 'the body is empty: expected a JSON object',
  'body-not-utf-8': 'the body is not UTF-8: expected JSON in UTF-8',
  'body-not-json': 'the body is not JSON: {problem}',
  'body-not-object': 'the body is {kind}: expected a JSON object',

  'agent-token-unknown': 'the header Agent-Token is {token}: expected one of the agentTokens of the client {clientId}',
  'agent-token-expired': 'the header Agent-Token is {token}, which expired at {expiresAt}: send a current one',
  'rate-limited': "the client {clientId} may send {max} calls in {seconds} s: wait until the emulator's clock says {resetsAt}",
  'auth-client-wrong': '{field} is {authClient}: expected {expected}, the client of the header Client-Id',
  'auth-client-wrong-secondary':
    "{field} is {authClient}: expected {expected}, the client of the header Client-Id (or {secondary}, the authorization's secondary merchant)",
  'app-id-unknown': 'appId {appId} is unknown: {advice}',
  'app-id-of-other-client': "appId {appId} is another client's: {advice}",
  'expected-one': 'expected {value}',
  'client-without-app': 'the client {clientId} has no mini program; add one to apps.json',
  'client-suspended': 'the client {clientId} is suspended: set its status to ACTIVE, or use another client',

  'credentials-missing': 'authCode, refreshToken and accessToken are missing: send one of them',
  'grant-type-not-allowed': 'the client {clientId} may not use the grantType {grantType}; its grantTypes: {grantTypes}',
  none: 'none',
  'user-id-unknown': '{field} is {userId}: expected the userId of a user in users.json',
  'no-code-issued': 'no authCode was issued: {reason}',
  'code-issued': 'an authCode was issued: {reason}',
  'scope-needed':
    '{operation} needs the scope {scope}, and the token has {scopes}: ask the user for the scope with my.getAuthCode',
  'declared-read': 'the user {userId} granted {scopes}, and {operation} needs {scope}',
  'no-scope': 'no scope',
  'token-status': 'the accessToken of the user {userId} is {status}',

  'authorization-prepared': 'an authorization was prepared for the scopes {scopes}',
  'scopes-unregistered': 'scopes contains {scope}: the client {clientId} is not registered for it',
  'scopes-unknown': 'scopes contains {scope}: this wallet has no such scope',
  'extend-info-wrong': 'extendInfo is not a JSON object as text: expected one with language and contractDesc',
  'redirect-not-address': '{field} is {url}: expected an address such as https://shop.example/callback',
  'redirect-not-allowed':
    "{field} is {url}: expected one of the client's redirectUrls ({allowed}); add it there, or remove the list to allow any address",
  'list-empty': 'the list is empty',
  'notify-not-http': '{field} is {url}: expected an http or https URL',

  'scenario-set-result': 'the scenario {scenario} set the result {result}',
  'scenario-result-unknown': 'the scenario {scenario} sets the result {result}, which the wallet {wallet} does not have',
  'scenario-set-error': 'the scenario {scenario} made the call fail with the error {error}',
  'scenario-answered-status': 'the scenario {scenario} answered HTTP {status}',
  'scenario-fault': '{reason}; the scenario {scenario} applied the fault {fault}',
  'scenario-header-unknown':
    'the header X-Emulator-Scenario is "{name}": expected a name from the library, or a result code ({codes})',
  'scenario-header-unknown-own':
    'the header X-Emulator-Scenario is "{name}": expected a scenario ({scenarios}), a name from the library, or a result code ({codes})',
  'scenario-header-no-effect': 'the header X-Emulator-Scenario is "{name}", which sets {parts}: that has no effect on {call}',
  'call-waits-for-delay': 'a delay holds the call back',
  'call-waits-for-user': 'the call waits for the user to answer on the sheet',
  'call-waits-for-caller': 'the call gets no answer: it ends when its caller hangs up',
  'call-of-server': "a call from a merchant's server",
  'call-of-mini-program': 'a call from a mini program',
  'call-without-screen': "a mini program's call that shows no screen",
  'screen-of-server': 'a screen that a server prepared',
} as const;
