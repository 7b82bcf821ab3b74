import type { ContentMistakeCode } from '../engine/finding-codes.js';
import type { FindingTexts } from './finding-text.js';

/** The texts of signatures that cover something else than the content to sign. */
export const contentMistakeTexts: FindingTexts<ContentMistakeCode> = {
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
        'La firma cubre el mismo JSON, pero no los bytes que se enviaron. Por lo general, el cuerpo se serializó dos veces: una para firmar y otra para enviar.',
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
      whatToDo: 'Firma la ruta completa de la solicitud, con el prefijo.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <path> es la ruta de la solicitud, con su prefijo',
    },
  },
  'path-slash': {
    en: {
      title: 'A slash of the path is missing or too many',
      explanation: 'The signed path differs from the called one in a slash at its start or end.',
      whatToDo: 'Sign the path exactly as it is called: with one slash at its start, and none at its end.',
      rule: 'Mini Program Platform, OpenAPI signature: <path> is the path of the request',
    },
    es: {
      title: 'A la ruta le falta o le sobra una barra',
      explanation: 'La ruta firmada se diferencia de la llamada en una barra al principio o al final.',
      whatToDo: 'Firma la ruta tal como se llama: con una barra al principio y ninguna al final.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <path> es la ruta de la solicitud',
    },
  },
  'path-mismatch': {
    en: {
      title: 'Another path signed',
      explanation:
        'The signature covers another path than the one that was called: of another operation or version, of the live API for the sandbox, or with another ending.',
      whatToDo: 'Build the path once. Sign it, and call it.',
      rule: 'Mini Program Platform, OpenAPI signature: <path> is the path of the request',
    },
    es: {
      title: 'Se firmó otra ruta',
      explanation:
        'La firma cubre una ruta distinta de la que se llamó: de otra operación o versión, de la API de producción en lugar de la de pruebas, o con otra terminación.',
      whatToDo: 'Construye la ruta una sola vez. Fírmala y llámala.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <path> es la ruta de la solicitud',
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
  'foreign-host': {
    en: {
      title: 'URL of another host signed',
      explanation:
        'The signature covers a full URL with the host of another system. Usually the address is written in the code that signs.',
      whatToDo: 'Sign the path without scheme and host. Take the host from the configuration.',
      rule: 'Mini Program Platform, OpenAPI signature: <path> has no host',
    },
    es: {
      title: 'Se firmó la URL de otro host',
      explanation:
        'La firma cubre una URL completa con el host de otro sistema. Por lo general, la dirección está escrita en el código que firma.',
      whatToDo: 'Firma la ruta sin el esquema ni el host. Toma el host de la configuración.',
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
      rule: 'Mini Program Platform, firma de la OpenAPI: <path> es la ruta de la solicitud; una página dice "path to resource and parameters"',
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
        'La firma cubre una hora distinta de la de la cabecera Request-Time. Por lo general, se leyó el reloj dos veces, o la hora se escribió de dos formas.',
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
      explanation: 'La firma cubre un identificador de cliente distinto del de la cabecera Client-Id.',
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
      explanation: 'La firma cubre un método distinto del de la llamada, o el método en minúsculas.',
      whatToDo: 'Firma el método de la llamada en mayúsculas: POST.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <method> es el método de la solicitud',
    },
  },
  'wrong-charset': {
    en: {
      title: 'Signed in another charset',
      explanation:
        'The signed bytes are the right text in another charset than UTF-8. Usually the text became bytes with the default charset of the machine.',
      whatToDo: 'Name UTF-8 in every place where text becomes bytes.',
      rule: 'Mini Program Platform, OpenAPI: the message is JSON in UTF-8, and is signed byte for byte as sent',
    },
    es: {
      title: 'Firmado en otra codificación',
      explanation:
        'Los bytes firmados son el texto correcto en una codificación distinta de UTF-8. Por lo general, el texto se convirtió a bytes con la codificación por defecto de la máquina.',
      whatToDo: 'Indica UTF-8 en todo lugar donde un texto se convierte a bytes.',
      rule: 'Mini Program Platform, OpenAPI: el mensaje es JSON en UTF-8 y se firma byte a byte, tal como se envía',
    },
  },
  'byte-order-mark': {
    en: {
      title: 'Byte-order mark',
      explanation: 'A byte-order mark was signed and not sent, or sent and not signed.',
      whatToDo: 'Write JSON without a byte-order mark. Sign the bytes that you send.',
      rule: 'Mini Program Platform, OpenAPI: the message is JSON in UTF-8, and is signed byte for byte as sent',
    },
    es: {
      title: 'Marca de orden de bytes',
      explanation: 'Se firmó una marca de orden de bytes (BOM) que no se envió, o se envió una que no se firmó.',
      whatToDo: 'Escribe el JSON sin BOM. Firma los bytes que envías.',
      rule: 'Mini Program Platform, OpenAPI: el mensaje es JSON en UTF-8 y se firma byte a byte, tal como se envía',
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
      title: 'Se firmó el hash del contenido',
      explanation:
        'La firma cubre un hash SHA-256 del contenido. El propio algoritmo calcula el hash, así que se calculó dos veces.',
      whatToDo: 'Pasa a la función de firma el contenido, no su hash.',
      rule: 'RSASSA-PKCS1-v1_5 (RFC 8017), 8.2.1',
    },
  },
  'previous-call': {
    en: {
      title: 'Signature of an earlier call',
      explanation:
        'The signature is the one of an earlier call of this client. Usually it is stored in a variable or in a collection of requests, and is not computed again.',
      whatToDo: 'Sign each call anew, with its own time and body.',
      rule: 'Mini Program Platform, OpenAPI signature: it covers the Request-Time and the body of its call',
    },
    es: {
      title: 'Firma de una llamada anterior',
      explanation:
        'La firma es la de una llamada anterior de este cliente. Por lo general, está guardada en una variable o en una colección de solicitudes y no se vuelve a calcular.',
      whatToDo: 'Firma cada llamada de nuevo, con su propia hora y su propio cuerpo.',
      rule: 'Mini Program Platform, firma de la OpenAPI: cubre Request-Time y el cuerpo de su llamada',
    },
  },
  'content-unknown': {
    en: {
      title: 'Right key, unknown content',
      explanation: 'The key is right. It signed something else than this call, and no common mistake explains what.',
      whatToDo:
        'Print the text that you sign, and compare it with the content to sign. The page of a call and the signature doctor show it.',
      rule: 'Mini Program Platform, OpenAPI signature: <method> <path>, a line feed, <Client-Id>.<Request-Time>.<body>',
    },
    es: {
      title: 'Clave correcta, contenido desconocido',
      explanation: 'La clave es correcta. Firmó algo distinto de esta llamada, y ningún error común explica qué.',
      whatToDo:
        'Imprime el texto que firmas y compáralo con el contenido por firmar. Lo muestran la página de una llamada y el doctor de firmas.',
      rule: 'Mini Program Platform, firma de la OpenAPI: <method> <path>, un salto de línea, <Client-Id>.<Request-Time>.<body>',
    },
  },
};
