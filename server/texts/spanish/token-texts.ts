/** Sentences about codes, tokens and consents: the engine's reasons. */
export const tokenTexts = {
  'code-exchanged': 'el authCode {code} se intercambió por tokens del usuario {userId}, con {scopes}',
  'token-refreshed': 'el refreshToken {token} se intercambió por un nuevo par del usuario {userId}',
  'user-read': 'el usuario {userId} concedió {scopes}: con eso, la llamada lee {fields}',
  'user-read-partly':
    'el usuario {userId} concedió {scopes}: con eso, la llamada lee {fields}. Sin datos: {empty}. El usuario no tiene {missing}; agrégalo en la página Usuarios, o en users.json',
  'token-revoked-by-call':
    'se revocaron el accessToken {token} y todos los tokens de su autorización, y se olvidó el consentimiento para {scopes}',

  'nothing-to-read':
    'con los permisos concedidos ({scopes}) no se lee ningún dato del usuario: pide uno que lea datos, como USER_ID',
  'other-wallet':
    '{field} {value} es de la billetera {wallet}, que se usó aquí antes: obtén uno nuevo de la billetera que se usa ahora',
  'other-client': '{field} {value} se emitió para otro cliente',
  'other-client-named': '{field} {value} se emitió para el cliente {owner}, y lo envió otro cliente',
  'other-client-sent': '{field} {value} se emitió para otro cliente, y lo envió {sender}',
  'other-client-named-sent': '{field} {value} se emitió para el cliente {owner}, y lo envió {sender}',
  'other-app': '{field} {value} se emitió para otro mini programa de este cliente: envía el appId {appId}',
  'code-unknown': 'el authCode {value} no existe: nunca se emitió, o después se restableció el tenant o se reinició el emulador',
  'code-expired': 'el authCode {value} venció el {expiresAt}: intercambia cada código en cuanto lo reciba el mini programa',
  'code-expired-issued': 'el authCode {value} se emitió el {issuedAt} y venció el {expiresAt}',
  'code-used': 'el authCode {value} se intercambió el {usedAt}, y un código sirve una sola vez: obtén otro con my.getAuthCode',
  'code-used-by': 'el authCode {value} ya lo intercambió el cliente {client} el {usedAt}',
  'token-unknown': '{field} {value} no existe: nunca se emitió, se eliminó su usuario, o después se restableció el tenant',
  'refresh-token-expired': 'el refreshToken {value} venció el {expiresAt}: pide al usuario una nueva autorización',
  'refresh-token-used': 'el refreshToken {value} se usó el {usedAt}, y sirve una sola vez: usa el del par más reciente',
  'access-token-expired': 'el accessToken {value} venció el {expiresAt}: renuévalo con su refreshToken',
  'access-token-expired-issued':
    'el accessToken {value} se emitió el {issuedAt} y venció el {expiresAt}; el reloj del emulador marca {now}',
  'token-revoked': '{field} {value} se revocó el {revokedAt}; lo revocó {revoker}: pide al usuario una nueva autorización',
  'revoked-during-call': 'la autorización se revocó durante esta llamada; la revocó {revoker}',

  'revoker-client': 'el cliente {clientId}',
  'revoker-tester': 'quien prueba',
  'revoker-user': 'el usuario',
  'revoker-consent': 'el usuario, que retiró el consentimiento',
  'revoker-removed-app': 'quien prueba, que eliminó el mini programa',

  'screen-closed': 'el usuario cerró la pantalla de consentimiento, así que no se concedió nada',
  'all-refused': 'el usuario rechazó todos los permisos',
  'made-to-fail': 'la llamada falló a propósito, con el error {error}',
  'no-permission': 'no se puede conceder ningún permiso: {scopes}',
  'scope-not-registered': 'el cliente no está registrado para {scope}',
  'scope-unknown': 'esta billetera no tiene el permiso {scope}',
  'granted-parts': '{parts}',
  'user-agreed': 'el usuario aceptó {scopes}',
  'agreed-before': 'el usuario ya había aceptado {scopes}',
  'scope-silent': '{scope} se concede sin preguntar',
  'scopes-silent': '{scopes} se conceden sin preguntar',
  'not-granted': 'no se concedió: {scopes}',
};
