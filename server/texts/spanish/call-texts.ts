/** Sentences about calls to the OpenAPI: the gateway's checks, its operations and scenarios. */
export const callTexts = {
  'operation-succeeded': '{operation} se completó',
  'call-without-operation': 'la llamada se completó',
  'operation-answered': '{operation} se respondió como dice el perfil de la billetera',
  'emulator-failed': 'el emulador falló en esta llamada: el registro del proceso tiene el error; infórmalo',

  'host-not-ours':
    'se llamó a la OpenAPI con el nombre de host {host}, que no está permitido, porque una página web podría hacerlo (DNS rebinding): llámala en 127.0.0.1, o inicia billetera con --allow-host {host}',
  'page-of-another-origin':
    'una página web de otro origen causó esta llamada, y un grabador solo envía a la plataforma las llamadas de servidores: llama desde un servidor, o inícialo con --openapi-cors',
  'method-wrong': 'el método es {method}: envía POST {path}',
  'media-type-wrong': 'la cabecera Content-Type es {type}: se esperaba application/json; charset=UTF-8',
  'media-type-missing': 'falta la cabecera Content-Type: se esperaba application/json; charset=UTF-8',
  'path-without-operation': 'la billetera {wallet} no tiene ninguna operación en {path}: {advice}',
  'path-needs-prefix': 'llámala con su prefijo, {path}',
  'expected-one-of': 'se esperaba una de {values}',
  'client-id-missing': 'falta la cabecera Client-Id: envía el identificador de tu cliente',
  'client-unknown': 'el cliente {clientId} no existe: agrégalo a clients.json, o con POST /_emulator/clients',
  'header-missing': 'falta la cabecera {name}',
  'request-time-missing': 'falta la cabecera Request-Time: envía la hora de la llamada, como 2019-05-28T12:12:12+08:00',
  'request-time-wrong':
    'la cabecera Request-Time es "{time}": se esperaba ISO 8601 con diferencia horaria, como 2019-05-28T12:12:12+08:00, o milisegundos desde 1970',
  'tenant-header-wrong':
    'la cabecera X-Emulator-Tenant es "{name}": se esperaba un nombre de hasta 64 letras, dígitos, puntos, guiones y guiones bajos',

  'signature-missing':
    'falta la cabecera Signature, y el cliente {clientId} debe firmar: se esperaba "algorithm=RSA256, keyVersion=1, signature=<value>"',
  'signature-wrong': 'la firma no es válida: {mistake}',
  'signature-wrong-content': 'la firma no es válida: {mistakes}; firma {head}, seguido del cuerpo exacto',

  'body-too-large': 'el cuerpo es demasiado grande: se esperaba 1 MiB como máximo',
  'body-unreadable': 'no se pudo leer el cuerpo: {problem}',
  'body-empty': 'el cuerpo está vacío: se esperaba un objeto JSON',
  'body-not-utf-8': 'el cuerpo no es UTF-8: se esperaba JSON en UTF-8',
  'body-not-json': 'el cuerpo no es JSON: {problem}',
  'body-not-object': 'el cuerpo es {kind}: se esperaba un objeto JSON',

  'agent-token-unknown': 'la cabecera Agent-Token es {token}: se esperaba uno de los agentTokens del cliente {clientId}',
  'agent-token-expired': 'la cabecera Agent-Token es {token}, que venció el {expiresAt}: envía uno vigente',
  'rate-limited':
    'el cliente {clientId} puede enviar {max} llamadas en {seconds} s: espera hasta que el reloj del emulador marque {resetsAt}',
  'auth-client-wrong': '{field} es {authClient}: se esperaba {expected}, el cliente de la cabecera Client-Id',
  'auth-client-wrong-secondary':
    '{field} es {authClient}: se esperaba {expected}, el cliente de la cabecera Client-Id (o {secondary}, el comercio secundario de la autorización)',
  'app-id-unknown': 'no se conoce el appId {appId}: {advice}',
  'app-id-of-other-client': 'el appId {appId} es de otro cliente: {advice}',
  'expected-one': 'se esperaba {value}',
  'client-without-app': 'el cliente {clientId} no tiene ningún mini programa; agrega uno a apps.json',
  'client-suspended': 'el cliente {clientId} está suspendido: pon su status en ACTIVE, o usa otro cliente',

  'credentials-missing': 'faltan authCode, refreshToken y accessToken: envía uno de ellos',
  'grant-type-not-allowed': 'el cliente {clientId} no puede usar el grantType {grantType}; sus grantTypes: {grantTypes}',
  none: 'ninguno',
  'user-id-unknown': '{field} es {userId}: se esperaba el userId de un usuario de users.json',
  'no-code-issued': 'no se emitió ningún authCode: {reason}',
  'code-issued': 'se emitió un authCode: {reason}',
  'scope-needed':
    '{operation} necesita el permiso {scope}, y el token tiene {scopes}: pide el permiso al usuario con my.getAuthCode',
  'declared-read': 'el usuario {userId} concedió {scopes}, y {operation} necesita {scope}',
  'no-scope': 'ningún permiso',
  'token-status': 'el accessToken del usuario {userId} tiene el estado {status}',

  'authorization-prepared': 'se preparó una autorización para los permisos {scopes}',
  'scopes-unregistered': 'scopes contiene {scope}: el cliente {clientId} no está registrado para ese permiso',
  'scopes-unknown': 'scopes contiene {scope}: esta billetera no tiene ese permiso',
  'extend-info-wrong': 'extendInfo no es un objeto JSON como texto: se esperaba uno con language y contractDesc',
  'redirect-not-address': '{field} es {url}: se esperaba una dirección como https://shop.example/callback',
  'redirect-not-allowed':
    '{field} es {url}: se esperaba una de las redirectUrls del cliente ({allowed}); agrégala ahí, o elimina la lista para permitir cualquier dirección',
  'list-empty': 'la lista está vacía',
  'notify-not-http': '{field} es {url}: se esperaba una dirección http o https',

  'scenario-set-result': 'el escenario {scenario} fijó el resultado {result}',
  'scenario-result-unknown': 'el escenario {scenario} fija el resultado {result}, que la billetera {wallet} no tiene',
  'scenario-set-error': 'el escenario {scenario} hizo fallar la llamada con el error {error}',
  'scenario-answered-status': 'el escenario {scenario} respondió HTTP {status}',
  'scenario-fault': '{reason}; el escenario {scenario} aplicó la falla {fault}',
  'scenario-header-unknown':
    'la cabecera X-Emulator-Scenario es "{name}": se esperaba un nombre de la biblioteca o un código de resultado ({codes})',
  'scenario-header-unknown-own':
    'la cabecera X-Emulator-Scenario es "{name}": se esperaba un escenario ({scenarios}), un nombre de la biblioteca o un código de resultado ({codes})',
  'scenario-header-no-effect': 'la cabecera X-Emulator-Scenario es "{name}", que fija {parts}: eso no tiene efecto en {call}',
  'call-waits-for-delay': 'una demora retiene la llamada',
  'call-waits-for-user': 'la llamada espera a que el usuario responda en la pantalla',
  'call-waits-for-caller': 'la llamada no recibe respuesta: termina cuando quien llama corta la conexión',
  'call-of-server': 'una llamada del servidor de un comercio',
  'call-of-mini-program': 'una llamada de un mini programa',
  'call-without-screen': 'una llamada de un mini programa que no muestra ninguna pantalla',
  'screen-of-server': 'una pantalla que preparó un servidor',
};
