/** Sentences about codes, tokens and consents: the engine's reasons. */
export const tokenTexts = {
  'code-exchanged': 'el authCode {code} se canjeó por tokens del usuario {userId}, con {scopes}',
  'token-refreshed': 'el refreshToken {token} se canjeó por un nuevo par del usuario {userId}',
  'user-read': 'el usuario {userId} autorizó {scopes}, que permiten leer {fields}',
  'user-read-partly':
    'el usuario {userId} autorizó {scopes}, que permiten leer {fields}. {empty} no dio ningún dato: el usuario no tiene {missing}; agrégalo en users.json',
  'token-revoked-by-call':
    'se revocaron el accessToken {token} y todos los tokens de su autorización, y se olvidó el consentimiento para {scopes}',

  'nothing-to-read':
    'los scopes autorizados ({scopes}) no permiten leer nada del usuario: pide al usuario uno que lo permita, como USER_ID',
  'other-wallet':
    '{field} {value} es de la billetera {wallet}, que se usó aquí antes: obtén uno nuevo de la billetera que se usa ahora',
  'other-client': '{field} {value} se emitió para otro cliente',
  'other-client-named': '{field} {value} se emitió para el cliente {owner}, y lo envió otro cliente',
  'other-client-sent': '{field} {value} se emitió para otro cliente, y lo envió {sender}',
  'other-client-named-sent': '{field} {value} se emitió para el cliente {owner}, y lo envió {sender}',
  'other-app': '{field} {value} se emitió para otro mini programa de este cliente: envía el appId {appId}',
  'code-unknown': 'el authCode {value} no existe: nunca se emitió, o el emulador se restableció o se reinició después',
  'code-expired': 'el authCode {value} caducó el {expiresAt}: canjea cada código en cuanto lo reciba el mini programa',
  'code-expired-issued': 'el authCode {value} se emitió el {issuedAt} y caducó el {expiresAt}',
  'code-used': 'el authCode {value} se canjeó el {usedAt}, y un código sirve una sola vez: obtén otro con my.getAuthCode',
  'code-used-by': 'el authCode {value} ya lo canjeó el cliente {client} el {usedAt}',
  'token-unknown': '{field} {value} no existe: nunca se emitió, se eliminó su usuario, o el emulador se restableció después',
  'refresh-token-expired': 'el refreshToken {value} caducó el {expiresAt}: pide al usuario una nueva autorización',
  'refresh-token-used': 'el refreshToken {value} se usó el {usedAt}, y sirve una sola vez: usa el del par más reciente',
  'access-token-expired': 'el accessToken {value} caducó el {expiresAt}: renuévalo con su refreshToken',
  'access-token-expired-issued':
    'el accessToken {value} se emitió el {issuedAt} y caducó el {expiresAt}; el reloj del emulador marca {now}',
  'token-revoked': '{field} {value} fue revocado el {revokedAt} por {revoker}: pide al usuario una nueva autorización',
  'revoked-during-call': 'la autorización fue revocada por {revoker} durante esta llamada',

  'revoker-client': 'el cliente {clientId}',
  'revoker-tester': 'un tester',
  'revoker-user': 'el usuario',
  'revoker-consent': 'el usuario, que retiró el consentimiento',
  'revoker-removed-app': 'un tester, que eliminó el mini programa',

  'screen-closed': 'el usuario cerró la pantalla de consentimiento, así que no se autorizó nada',
  'all-refused': 'el usuario rechazó todos los scopes',
  'made-to-fail': 'se hizo fallar la llamada con el error {error}',
  'no-permission': 'sin permiso: {scopes}',
  'scope-not-registered': 'el cliente no está registrado para {scope}',
  'scope-unknown': 'esta billetera no tiene el scope {scope}',
  'granted-parts': '{parts}',
  'user-agreed': 'el usuario aceptó {scopes}',
  'agreed-before': '{scopes} ya se habían aceptado antes',
  'scope-silent': '{scope} es silencioso',
  'scopes-silent': '{scopes} son silenciosos',
  'not-granted': 'sin autorizar: {scopes}',
};
