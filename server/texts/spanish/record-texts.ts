/** The problems of records, settings and snapshots that their schemas allow (records/entries.ts, tenants/snapshot.ts). */
export const recordTexts = {
  'expected-notify-url': 'se esperaba una dirección como https://shop.example/notify, pero llegó {value}',
  'expected-redirect-urls':
    'se esperaban direcciones como https://shop.example/callback, o prefijos como https://shop.example/*, pero llegó {value}',
  'expected-origin': 'se esperaba un origen como lo envían los navegadores, por ejemplo https://shop.example, pero llegó {value}',
  'expected-expiry-time': 'se esperaba una hora ISO 8601 en expiryTime, pero llegó {value}',
  'expected-picture':
    'se esperaba una dirección http o https, o una imagen en la carpeta de datos de prueba (.png, .jpg, .webp, .gif, .svg o .avif), pero llegó {value}',
  'expected-well-formed': 'se esperaba un texto bien formado',
  'expected-public-key': 'se esperaba una clave pública RSA: PEM, o solo Base64',
  'public-key-is-private': 'se esperaba una clave pública, pero esta es privada: registra la clave pública del mismo par',
  'expected-private-key': 'se esperaba una clave privada RSA en PEM (PKCS #8)',
  'expected-rsa': 'se esperaba una clave RSA, pero esta es {type}',
  'expected-rsa-bits': 'se esperaba una clave RSA de al menos {min} bits, pero esta tiene {bits}',
  'expected-user-id': 'se esperaba el userId de un usuario, pero llegó {value}',
  'expected-client-id': 'se esperaba el identificador de un cliente, pero llegó {value}',
  'expected-time-with-offset': 'se esperaba una hora ISO 8601 con su diferencia horaria, pero llegó {value}',
  'expected-hits': 'se esperaba asked ≤ hits ≤ calls',
  'id-twice': 'se esperaba un identificador único, pero {id} aparece dos veces',
  'expected-grant-id': 'se esperaba el grantId de uno de los grants',
  'wallet-unknown': 'la billetera "{wallet}" no existe: se esperaba {known}',
  'wallet-path-unknown': 'la billetera "{wallet}" no existe: se esperaba {known}, o la ruta de un perfil',
  'wallet-by-path':
    'se esperaba el nombre de un perfil: {known}; solo el inicio del emulador acepta la ruta de un archivo (--wallet)',
  'wallet-file-name': '{file}: se esperaba un nombre de archivo con minúsculas, dígitos y guiones, como {example}',
  'closest-of': '{closest}, u otra de {others}',
  'snapshot-not-json': 'esto no es JSON, o le falta el final; usa completo el archivo que descargaste',
  'snapshot-is-none': 'esto no es una instantánea; usa un archivo del botón «Descargar una instantánea»',
  'snapshot-is-report': 'esto es un informe, no una instantánea; npx billetera report open <archivo> lo muestra',
};
