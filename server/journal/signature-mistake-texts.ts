import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import type { FindingTexts } from './finding-text.js';

/** Mistakes in signing. What was wrong in one call is in its entry's `signature.mistakes`. */
export const signatureMistakeTexts: FindingTexts<SignatureMistakeCode> = {
  'unsigned-request': {
    en: {
      title: 'Request without a signature',
      explanation:
        'A call had no Signature header. The platform refuses it with INVALID_SIGNATURE, even if this client may call without a signature here.',
      whatToDo: "Sign each request with the merchant's private key. `billetera sign` prints a signed example.",
      rule: 'Mini Program Platform, OpenAPI, request header Signature',
    },
    es: {
      title: 'Petición sin firma',
      explanation:
        'Una llamada no tenía la cabecera Signature. La plataforma la rechaza con INVALID_SIGNATURE, aunque aquí este cliente pueda llamar sin firma.',
      whatToDo: 'Firma cada petición con la clave privada del comercio. `billetera sign` muestra un ejemplo firmado.',
      rule: 'Mini Program Platform, OpenAPI, cabecera Signature de la petición',
    },
  },
  'body-changed': {
    en: {
      title: 'Body changed after signing',
      explanation:
        'The signature covers the same JSON, but other bytes than the ones that were sent. Usually the body was serialized twice: once to sign it and once to send it.',
      whatToDo: 'Serialize the body once. Sign those bytes, and send those bytes.',
      rule: 'Mini Program Platform, OpenAPI signature: the body is signed byte for byte as sent',
    },
    es: {
      title: 'Cuerpo cambiado después de firmar',
      explanation:
        'La firma cubre el mismo JSON, pero no los bytes que se enviaron. Lo habitual es que el cuerpo se serializó dos veces: una para firmar y otra para enviar.',
      whatToDo: 'Serializa el cuerpo una sola vez. Firma esos bytes y envía esos mismos bytes.',
      rule: 'Mini Program Platform, firma de la OpenAPI: el cuerpo se firma byte a byte, tal como se envía',
    },
  },
  'path-without-prefix': {
    en: {
      title: 'Path signed without its prefix',
      explanation: "The signed path lacks the wallet's prefix. The platform verifies the path that was called.",
      whatToDo: 'Sign the whole path of the request, prefix included.',
      rule: 'Mini Program Platform, OpenAPI signature: <path> is the path of the request, with its prefix',
    },
    es: {
      title: 'Ruta firmada sin su prefijo',
      explanation: 'A la ruta firmada le falta el prefijo de la billetera. La plataforma verifica la ruta que se llamó.',
      whatToDo: 'Firma la ruta completa de la petición, con el prefijo.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <path> es la ruta de la petición, con su prefijo',
    },
  },
  'full-url': {
    en: {
      title: 'Full URL signed',
      explanation: 'The signature covers the whole URL. The platform verifies the path alone.',
      whatToDo: 'Sign the path without scheme and host.',
      rule: 'Mini Program Platform, OpenAPI signature: <path> has no host',
    },
    es: {
      title: 'URL completa firmada',
      explanation: 'La firma cubre la URL completa. La plataforma verifica solo la ruta.',
      whatToDo: 'Firma la ruta sin el esquema ni el host.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <path> no lleva host',
    },
  },
  'query-in-path': {
    en: {
      title: 'Decoded query signed with the path',
      explanation:
        'The signature covers the path and the query, and the query was decoded before. The sent query is percent-encoded.',
      whatToDo: 'Sign the path alone, or the path and the query exactly as they are sent.',
      rule: 'Mini Program Platform, OpenAPI signature: <path> is the path of the request; one page says "path to resource and parameters"',
    },
    es: {
      title: 'Consulta decodificada firmada con la ruta',
      explanation:
        'La firma cubre la ruta y la consulta, y la consulta se decodificó antes. La consulta enviada va codificada con %.',
      whatToDo: 'Firma la ruta sola, o la ruta y la consulta exactamente como se envían.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <path> es la ruta de la petición; una página dice "path to resource and parameters"',
    },
  },
  separator: {
    en: {
      title: 'Wrong separator in the signed content',
      explanation:
        'The signed content has the right parts, but a space, a line feed or a dot between them is missing or is another character.',
      whatToDo: 'Put one space after the method, one line feed (not CR LF) after the path, and one dot between the other parts.',
      rule: 'Mini Program Platform, OpenAPI signature: <method> <path>, a line feed, <Client-Id>.<Request-Time>.<body>',
    },
    es: {
      title: 'Separador incorrecto en el contenido firmado',
      explanation:
        'El contenido firmado tiene las partes correctas, pero entre ellas falta un espacio, un salto de línea o un punto, o hay otro carácter.',
      whatToDo:
        'Pon un espacio después del método, un salto de línea (no CR LF) después de la ruta y un punto entre las demás partes.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <method> <path>, un salto de línea, <Client-Id>.<Request-Time>.<body>',
    },
  },
  'time-mismatch': {
    en: {
      title: 'Signed time is not Request-Time',
      explanation:
        'The signature covers another time than the Request-Time header. Usually the clock was read twice, or the time was formatted in two ways.',
      whatToDo: 'Format the time once. Sign that text, and send that text as Request-Time.',
      rule: 'Mini Program Platform, OpenAPI signature: <Request-Time> is the header as sent',
    },
    es: {
      title: 'La hora firmada no es Request-Time',
      explanation:
        'La firma cubre otra hora que la de la cabecera Request-Time. Lo habitual es que se leyó el reloj dos veces, o que la hora se escribió de dos formas.',
      whatToDo: 'Escribe la hora una sola vez. Firma ese texto y envía ese mismo texto como Request-Time.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <Request-Time> es la cabecera tal como se envía',
    },
  },
  'client-id-mismatch': {
    en: {
      title: 'Signed client id is not Client-Id',
      explanation: 'The signature covers another client id than the Client-Id header.',
      whatToDo: 'Sign the value that you send as Client-Id.',
      rule: 'Mini Program Platform, OpenAPI signature: <Client-Id> is the header as sent',
    },
    es: {
      title: 'El identificador firmado no es Client-Id',
      explanation: 'La firma cubre otro identificador de cliente que el de la cabecera Client-Id.',
      whatToDo: 'Firma el valor que envías como Client-Id.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <Client-Id> es la cabecera tal como se envía',
    },
  },
  'wrong-method': {
    en: {
      title: 'Wrong method signed',
      explanation: 'The signature covers another method than the one of the call, or the method in lower case.',
      whatToDo: 'Sign the method of the call in upper case: POST.',
      rule: 'Mini Program Platform, OpenAPI signature: <method> is the method of the request',
    },
    es: {
      title: 'Método incorrecto en la firma',
      explanation: 'La firma cubre otro método que el de la llamada, o el método en minúsculas.',
      whatToDo: 'Firma el método de la llamada en mayúsculas: POST.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <method> es el método de la petición',
    },
  },
  'wrong-key': {
    en: {
      title: 'Signature does not fit the registered key',
      explanation:
        'The signature does not verify with the public key that is registered for the client, and no common mistake in the content explains it.',
      whatToDo: 'Sign with the private key whose public half is registered, or register the public half of the key that you use.',
      rule: 'Mini Program Platform, OpenAPI signature: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2)',
    },
    es: {
      title: 'La firma no corresponde a la clave registrada',
      explanation:
        'La firma no se verifica con la clave pública registrada para el cliente, y ningún error habitual en el contenido lo explica.',
      whatToDo:
        'Firma con la clave privada cuya mitad pública está registrada, o registra la mitad pública de la clave que usas.',
      rule: 'Mini Program Platform, firma de la OpenAPI: RSASSA-PKCS1-v1_5 con SHA-256 (RFC 8017, 8.2)',
    },
  },
  'double-encoded': {
    en: {
      title: 'Signature encoded twice',
      explanation: 'The signature is right, but was encoded twice: Base64 of Base64, or percent-encoded twice.',
      whatToDo: 'Encode the raw bytes in Base64 once, and percent-encode the result at most once.',
      rule: 'Mini Program Platform, OpenAPI, header Signature; URI syntax (RFC 3986), 2.4',
    },
    es: {
      title: 'Firma codificada dos veces',
      explanation: 'La firma es correcta, pero se codificó dos veces: Base64 de Base64, o codificación porcentual repetida.',
      whatToDo: 'Codifica los bytes en Base64 una vez y aplica la codificación porcentual una vez como máximo.',
      rule: 'Mini Program Platform, OpenAPI, cabecera Signature; sintaxis de URI (RFC 3986), 2.4',
    },
  },
  'not-base64': {
    en: {
      title: 'Signature is not Base64',
      explanation: 'The Signature header or its value cannot be read.',
      whatToDo:
        'Send "algorithm=RSA256, keyVersion=1, signature=<value>", with the value in Base64: percent-encoded, plain or base64url.',
      rule: 'Mini Program Platform, OpenAPI, header Signature; Base64 (RFC 4648), 4 and 5',
    },
    es: {
      title: 'La firma no es Base64',
      explanation: 'La cabecera Signature o su valor no se puede leer.',
      whatToDo:
        'Envía "algorithm=RSA256, keyVersion=1, signature=<valor>", con el valor en Base64: con codificación porcentual, simple o base64url.',
      rule: 'Mini Program Platform, OpenAPI, cabecera Signature; Base64 (RFC 4648), 4 y 5',
    },
  },
  'hashed-twice': {
    en: {
      title: 'Content hashed before signing',
      explanation:
        'The signature covers a SHA-256 hash of the content. The algorithm hashes the content itself, so it was hashed twice.',
      whatToDo: 'Pass the content, not its hash, to the signing function.',
      rule: 'RSASSA-PKCS1-v1_5 (RFC 8017), 8.2.1',
    },
    es: {
      title: 'Contenido resumido (hash) antes de firmar',
      explanation:
        'La firma cubre un hash SHA-256 del contenido. El propio algoritmo calcula el hash, así que se calculó dos veces.',
      whatToDo: 'Pasa a la función de firma el contenido, no su hash.',
      rule: 'RSASSA-PKCS1-v1_5 (RFC 8017), 8.2.1',
    },
  },
};
