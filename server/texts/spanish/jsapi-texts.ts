/** Sentences about calls of mini programs and about the wallet's screens. */
export const jsapiTexts = {
  'opaque-origin':
    'una página de file: o en un iframe con sandbox no tiene origen, así que no puede recibir una respuesta: sírvela desde http://localhost',
  'jsapi-absent': 'la billetera {wallet} no tiene la JSAPI {name}: {profile} muestra las que tiene, con sus parámetros',
  'jsapi-absent-log-in':
    'la billetera {wallet} no tiene la JSAPI {name}: para iniciar la sesión de un usuario tiene {jsapis}. {profile} muestra sus parámetros y sus respuestas',
  'no-users': 'esta billetera no tiene usuarios: agrega uno a users.json',
  'first-screen':
    'el consentimiento no se debe pedir en la primera pantalla: pídelo después de que el usuario haga algo en la página',
  'origin-wrong': 'la cabecera Origin es {origin}: se esperaba el origen de una página, como http://localhost:3000',
  'no-mini-program': 'esta billetera no tiene ningún mini programa: agrega uno a apps.json',
  'mini-program-unknown': 'aquí no existe el mini programa {appId}: revisa el appId de my.js, o agrégalo a apps.json',
  'origin-not-allowed':
    'las páginas de {origin} no pueden pedir nada para el mini programa {appId}: sus callbackOrigins son {origins}',
  'mini-program-without-client': 'el mini programa {appId} es del cliente {clientId}, y ese cliente no existe aquí',
  'client-may-not-ask': 'el cliente {clientId} está suspendido: sus mini programas no pueden pedir nada',
  'needs-page':
    'hay que preguntar al usuario, y solo una página puede mostrar la pantalla: elige un usuario que acepte, o el ajuste consent: grant',
  'auth-url-unknown':
    'authUrl: se esperaba una dirección que esta billetera dio para una autorización preparada; el tenant {tenant} no tiene ninguna con este identificador',
  'auth-url-of-other-client': 'authUrl se preparó para el cliente {clientId}, y el mini programa {appId} es de {owner}',
  'auth-url-opened': 'una página de otro origen ya abrió authUrl: prepara otra',
  'auth-url-of-other-wallet':
    'authUrl se preparó en el tenant {tenant}, cuya billetera es {wallet}, y la página está en el tenant {pageTenant} con la billetera {pageWallet}: prepárala en {base}, o con la cabecera X-Emulator-Tenant: {pageTenant}',
  'framed-by-stranger':
    'la página está en un marco de {origin}, que no puede mostrar la pantalla: se esperaban páginas de esta máquina',
  'framed-by-stranger-origins':
    'la página está en un marco de {origin}, que no puede mostrar la pantalla: se esperaban las callbackOrigins del mini programa {appId}',
  'scopes-wrong': 'scopes: se esperaba el nombre de un permiso, o una lista de hasta {max}',
  'scopes-not-taken': 'scopes tiene {scope}: esta JSAPI acepta {scopes}',
  'payment-chosen': 'los pagos no se emulan: quien prueba eligió {resultCode}',
};
