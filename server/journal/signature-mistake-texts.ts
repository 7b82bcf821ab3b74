import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import { contentMistakeTexts } from './content-mistake-texts.js';
import type { FindingTexts } from './finding-text.js';

/** Mistakes in signing. What was wrong in one call is in its entry's `signature.mistakes`. */
export const signatureMistakeTexts: FindingTexts<SignatureMistakeCode> = {
  'unsigned-request': {
    en: {
      title: 'Request without a signature',
      explanation:
        'A call had no Signature header. The platform refuses it with INVALID_SIGNATURE, even if this client may call without a signature here.',
      whatToDo: "Sign each request with the merchant's private key. The command billetera sign prints a signed example.",
      rule: 'Mini Program Platform, OpenAPI, request header Signature',
    },
    es: {
      title: 'Solicitud sin firma',
      explanation:
        'Una llamada no tenía la cabecera Signature. La plataforma la rechaza con INVALID_SIGNATURE, aunque aquí este cliente pueda llamar sin firma.',
      whatToDo: 'Firma cada solicitud con la clave privada del comercio. El comando billetera sign muestra un ejemplo firmado.',
      rule: 'Mini Program Platform, OpenAPI, cabecera Signature de la solicitud',
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
  'damaged-signature': {
    en: {
      title: 'Signature cut or changed',
      explanation: 'The signature has a length that no RSA key gives. It was cut or changed after it was made.',
      whatToDo: 'Send the whole value. Check columns, variables and headers that limit its length.',
      rule: 'Mini Program Platform, OpenAPI signature: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2)',
    },
    es: {
      title: 'Firma cortada o modificada',
      explanation: 'La firma tiene una longitud que ninguna clave RSA produce. Se cortó o se modificó después de crearla.',
      whatToDo: 'Envía el valor completo. Revisa columnas, variables y cabeceras que limitan su longitud.',
      rule: 'Mini Program Platform, firma de la OpenAPI: RSASSA-PKCS1-v1_5 con SHA-256 (RFC 8017, 8.2)',
    },
  },
  'placeholder-signature': {
    en: {
      title: 'Placeholder in place of a signature',
      explanation:
        'The Signature header has a text such as testing_signature. Only clients whose signature is optional may send it.',
      whatToDo: "Sign each request with the merchant's private key before you go live.",
      rule: 'Mini Program Platform, OpenAPI, request header Signature',
    },
    es: {
      title: 'Texto de ejemplo en lugar de una firma',
      explanation:
        'La cabecera Signature lleva un texto como testing_signature. Solo pueden enviarlo los clientes cuya firma es opcional.',
      whatToDo: 'Firma cada solicitud con la clave privada del comercio antes de pasar a producción.',
      rule: 'Mini Program Platform, OpenAPI, cabecera Signature de la solicitud',
    },
  },
  'wrong-hash': {
    en: {
      title: 'Wrong hash or padding',
      explanation:
        'The key is right, but the signature was made with another hash than SHA-256, or with another padding, such as PSS.',
      whatToDo: 'Sign with RSASSA-PKCS1-v1_5 and SHA-256. Libraries call it SHA256withRSA or RSA-SHA256.',
      rule: 'Mini Program Platform, OpenAPI signature: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2)',
    },
    es: {
      title: 'Hash o relleno incorrecto',
      explanation: 'La clave es correcta, pero la firma se hizo con un hash distinto de SHA-256 o con otro relleno, como PSS.',
      whatToDo: 'Firma con RSASSA-PKCS1-v1_5 y SHA-256. Las bibliotecas lo llaman SHA256withRSA o RSA-SHA256.',
      rule: 'Mini Program Platform, firma de la OpenAPI: RSASSA-PKCS1-v1_5 con SHA-256 (RFC 8017, 8.2)',
    },
  },
  'wrong-key': {
    en: {
      title: 'Signature does not fit the registered key',
      explanation: 'Another key made the signature than the one whose public half is registered for the client.',
      whatToDo: 'Sign with the private key whose public half is registered, or register the public half of the key that you use.',
      rule: 'Mini Program Platform, OpenAPI signature: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2)',
    },
    es: {
      title: 'La firma no corresponde a la clave registrada',
      explanation: 'La firma no se hizo con la clave que corresponde a la clave pública registrada para el cliente.',
      whatToDo:
        'Firma con la clave privada que corresponde a la clave pública registrada, o registra la clave pública del par que usas.',
      rule: 'Mini Program Platform, firma de la OpenAPI: RSASSA-PKCS1-v1_5 con SHA-256 (RFC 8017, 8.2)',
    },
  },
  'platform-key': {
    en: {
      title: "The platform's key in place of the client's",
      explanation:
        "The client is registered with the platform's public key, or the call was signed with the platform's private key.",
      whatToDo:
        "Register the public half of the key that the merchant signs with. The platform's public key only verifies responses.",
      rule: 'Mini Program Platform, OpenAPI signature: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2)',
    },
    es: {
      title: 'La clave de la plataforma en lugar de la del cliente',
      explanation:
        'El cliente está registrado con la clave pública de la plataforma, o la llamada se firmó con la clave privada de la plataforma.',
      whatToDo:
        'Registra la clave pública del par con el que firma el comercio. La clave pública de la plataforma solo sirve para verificar respuestas.',
      rule: 'Mini Program Platform, firma de la OpenAPI: RSASSA-PKCS1-v1_5 con SHA-256 (RFC 8017, 8.2)',
    },
  },
  ...contentMistakeTexts,
};
