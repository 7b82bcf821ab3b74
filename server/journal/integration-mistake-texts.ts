import type { IntegrationMistakeCode } from '../engine/finding-codes.js';
import type { FindingTexts } from './finding-text.js';

/** Mistakes in how an integration uses the platform. */
export const integrationMistakeTexts: FindingTexts<IntegrationMistakeCode> = {
  'consent-on-first-screen': {
    en: {
      title: 'Consent on the first screen',
      explanation:
        'The mini program asked for consent before the user did anything on the page. The platform rejects this in review, because users should first understand what they share data for.',
      whatToDo: 'Call getAuthCode after an action of the user, such as a tap on a button.',
      rule: 'Mini Program Platform, "User authorization", FAQ 2',
    },
    es: {
      title: 'Consentimiento en la primera pantalla',
      explanation:
        'El mini programa pidió el consentimiento antes de que el usuario hiciera algo en la página. La plataforma lo rechaza en la revisión, porque el usuario debe entender primero para qué comparte sus datos.',
      whatToDo: 'Llama a getAuthCode después de una acción del usuario, como tocar un botón.',
      rule: 'Mini Program Platform, «Autorización de usuarios», pregunta frecuente 2',
    },
  },
  'token-in-browser': {
    en: {
      title: 'OpenAPI call from a web page',
      explanation:
        "A web page called the OpenAPI. The page then holds the tokens and the signing key, and anyone who opens the page's tools can copy them.",
      whatToDo: "Call the OpenAPI from the merchant's server, and tell the page only the result.",
      rule: 'Mini Program Platform, "User authorization", steps 3 and 4 of the flow; OAuth 2.0 (RFC 6749), 10.3',
    },
    es: {
      title: 'Llamada a la OpenAPI desde una página web',
      explanation:
        'Una página web llamó a la OpenAPI. La página tiene entonces los tokens y la clave de firma, y quien abra las herramientas del navegador puede copiarlos.',
      whatToDo: 'Llama a la OpenAPI desde el servidor del comercio y comunica a la página solo el resultado.',
      rule: 'Mini Program Platform, «Autorización de usuarios», pasos 3 y 4 del flujo; OAuth 2.0 (RFC 6749), 10.3',
    },
  },
  'auth-code-reused': {
    en: {
      title: 'authCode used twice',
      explanation: 'An authCode was exchanged again. It works once, so the second exchange gets USED_AUTHCODE and no tokens.',
      whatToDo: 'Store the tokens of the first exchange and use them. Ask for a new authCode if they are lost.',
      rule: 'OAuth 2.0 (RFC 6749), 4.1.2; applyToken, result code USED_AUTHCODE',
    },
    es: {
      title: 'authCode usado dos veces',
      explanation:
        'Un authCode se intercambió de nuevo. Sirve una sola vez, así que el segundo intercambio recibe USED_AUTHCODE y ningún token.',
      whatToDo: 'Guarda los tokens del primer intercambio y úsalos. Si se pierden, pide un authCode nuevo.',
      rule: 'OAuth 2.0 (RFC 6749), 4.1.2; applyToken, código USED_AUTHCODE',
    },
  },
  'refresh-token-reused': {
    en: {
      title: 'refreshToken used twice',
      explanation:
        'A refreshToken was used again. Each refresh returns a new refreshToken and ends the old one. A second use can also mean that the token was stolen.',
      whatToDo:
        'Store the new refreshToken before you use the new accessToken. Let only one process at a time refresh the tokens of a user.',
      rule: 'OAuth 2.0 (RFC 6749), 6; OAuth 2.0 Security Best Current Practice (RFC 9700), 4.14.2',
    },
    es: {
      title: 'refreshToken usado dos veces',
      explanation:
        'Un refreshToken se usó de nuevo. Cada renovación devuelve un refreshToken nuevo e invalida el anterior. Un segundo uso también puede significar que alguien robó el token.',
      whatToDo:
        'Guarda el refreshToken nuevo antes de usar el accessToken nuevo. Haz que un solo proceso a la vez renueve los tokens de un usuario.',
      rule: 'OAuth 2.0 (RFC 6749), 6; OAuth 2.0 Security Best Current Practice (RFC 9700), 4.14.2',
    },
  },
  'token-after-revoke': {
    en: {
      title: 'Token used after it was revoked',
      explanation: 'A token was used after it was revoked. It will never work again, however often the call is repeated.',
      whatToDo: 'Delete the tokens of this authorization, and ask the user for consent again.',
      rule: 'OAuth 2.0 Token Revocation (RFC 7009), 2',
    },
    es: {
      title: 'Token usado después de su revocación',
      explanation: 'Un token se usó después de su revocación. No volverá a funcionar, por más que se repita la llamada.',
      whatToDo: 'Borra los tokens de esta autorización y pide de nuevo el consentimiento al usuario.',
      rule: 'OAuth 2.0 Token Revocation (RFC 7009), 2',
    },
  },
  'auth-code-kept': {
    en: {
      title: 'authCode exchanged late',
      explanation:
        'An authCode was exchanged more than ten minutes after it was issued. A code that waits can expire, and can be stolen meanwhile.',
      whatToDo: "Send the authCode to the merchant's server at once, and exchange it there at once.",
      rule: 'Mini Program Platform, "User authorization", authCode; OAuth 2.0 (RFC 6749), 4.1.2',
    },
    es: {
      title: 'authCode intercambiado tarde',
      explanation:
        'Un authCode se intercambió más de diez minutos después de su emisión. Mientras espera, un código puede vencer o ser robado.',
      whatToDo: 'Envía el authCode enseguida al servidor del comercio y intercámbialo allí enseguida.',
      rule: 'Mini Program Platform, «Autorización de usuarios», authCode; OAuth 2.0 (RFC 6749), 4.1.2',
    },
  },
  'request-time-off': {
    en: {
      title: 'Request-Time is off',
      explanation:
        "Request-Time was more than five minutes from the emulator's clock and from the machine's clock. A platform that checks the time refuses such a call.",
      whatToDo: "Send the time of the call. Check the server's clock and the offset that you write.",
      rule: 'Mini Program Platform, OpenAPI, request header Request-Time; the five minutes are a limit of this emulator',
    },
    es: {
      title: 'Request-Time desfasado',
      explanation:
        'Request-Time estaba a más de cinco minutos del reloj del emulador y del reloj de la máquina. Una plataforma que comprueba la hora rechaza una llamada así.',
      whatToDo: 'Envía la hora de la llamada. Comprueba el reloj del servidor y la diferencia horaria que escribes.',
      rule: 'Mini Program Platform, OpenAPI, cabecera Request-Time de la solicitud; los cinco minutos son un límite de este emulador',
    },
  },
  'scope-not-registered': {
    en: {
      title: 'Scope that is not registered',
      explanation:
        'The mini program asked for a scope that the client is not registered for, or that the wallet does not have. That scope fails with 40006.',
      whatToDo: 'Register the scope for the client, or do not ask for it.',
      rule: 'Mini Program Platform, my.getAuthCode, authErrorScopes',
    },
    es: {
      title: 'Permiso no registrado',
      explanation:
        'El mini programa pidió un permiso que el cliente no tiene registrado o que la billetera no ofrece. Ese permiso falla con 40006.',
      whatToDo: 'Registra el permiso para el cliente, o no lo pidas.',
      rule: 'Mini Program Platform, my.getAuthCode, authErrorScopes',
    },
  },
  'scope-never-used': {
    en: {
      title: 'Scope that is never used',
      explanation:
        'The user agreed to a scope, the authCode was exchanged, and no call has used the scope since. Each scope that you ask for makes it more likely that the user refuses.',
      whatToDo: 'Ask only for the scopes that you use, at the moment when you need them.',
      rule: 'OAuth 2.0 (RFC 6749), 10.3: request the minimal scope',
    },
    es: {
      title: 'Permiso que no se usa',
      explanation:
        'El usuario aceptó un permiso, el authCode se intercambió y ninguna llamada ha usado el permiso desde entonces. Con cada permiso que pides es más probable que el usuario rechace.',
      whatToDo: 'Pide solo los permisos que usas, en el momento en que los necesitas.',
      rule: 'OAuth 2.0 (RFC 6749), 10.3: pedir el mínimo de permisos',
    },
  },
};
