/** Sentences about calls of mini programs and about the wallet's screens. */
export const jsapiTexts = {
  'opaque-origin':
    'a page from file: or in a sandboxed frame has no origin, so it cannot get an answer: serve it over http://localhost',
  'jsapi-absent': 'the wallet {wallet} has no JSAPI {name}: {profile} lists its own, with their parameters',
  'jsapi-absent-log-in':
    'the wallet {wallet} has no JSAPI {name}: to log a user in, it has {jsapis}. {profile} lists their parameters and answers',
  'no-users': 'this wallet has no users: add one to users.json',
  'first-screen': 'consent must not be asked for on the first screen: ask after the user did something on the page',
  'origin-wrong': "the Origin header is {origin}: expected a page's origin, such as http://localhost:3000",
  'no-mini-program': 'this wallet has no mini program: add one to apps.json',
  'mini-program-unknown': 'there is no mini program {appId} here: check the appId of my.js, or add it to apps.json',
  'origin-not-allowed': 'pages of {origin} may not ask for the mini program {appId}: its callbackOrigins are {origins}',
  'mini-program-without-client': 'the mini program {appId} belongs to the client {clientId}, and there is no such client here',
  'client-may-not-ask': 'the client {clientId} is suspended: its mini programs may not ask',
  'needs-page':
    'the user must be asked, and only a page can show the screen: choose a user who grants, or the setting consent: grant',
  'auth-url-unknown':
    'authUrl: expected an address that this wallet gave for a prepared authorization; the tenant {tenant} has none with this id',
  'auth-url-of-other-client': "authUrl was prepared for the client {clientId}, and the mini program {appId} is {owner}'s",
  'auth-url-opened': 'authUrl was opened by a page of another origin before: prepare another one',
  'auth-url-of-other-wallet':
    'authUrl was prepared in the tenant {tenant}, whose wallet is {wallet}, and the page is in the tenant {pageTenant} with the wallet {pageWallet}: prepare it at {base}, or with the header X-Emulator-Tenant: {pageTenant}',
  'framed-by-stranger': 'the page is in a frame of {origin}, which may not show the screen: expected pages of this machine',
  'framed-by-stranger-origins':
    'the page is in a frame of {origin}, which may not show the screen: expected the callbackOrigins of the mini program {appId}',
  'scopes-wrong': "scopes: expected a scope's name, or a list of up to {max} of them",
  'scopes-not-taken': 'scopes has {scope}: this JSAPI takes {scopes}',
  'payment-chosen': 'payments are not emulated: the tester chose {resultCode}',
} as const;
