/** Problems of a request that somebody pastes to have its signature checked. */
export const requestTexts = {
  'request-empty': 'el texto está vacío: pega un comando curl, una solicitud HTTP, las cabeceras con el cuerpo, o un archivo HAR',
  'shell-value-unknown': 'línea {line}: el texto no tiene el valor de {what}: escribe el valor en su lugar',
  'shell-quote-open': 'línea {line}: la comilla {quote} no se cierra',
  'curl-for-cmd': 'el comando es para cmd.exe: copia la solicitud como curl para bash',
  'curl-file': '{option} lee un archivo que no está en el texto: escribe su contenido en su lugar',
  'curl-value-missing': 'la opción {option} no tiene valor',
  'curl-option-refused': 'la opción {option} no se admite: usa -X, -H, --data-raw y la dirección',
  'curl-without-address': 'el comando no tiene dirección',
  'header-line-wrong':
    'la línea {line} no es una cabecera: se esperaba "Nombre: valor", y una línea vacía antes del cuerpo; hay {found}',
  'request-json-broken': 'el texto empieza como JSON, así que debería ser un archivo HAR, y no es JSON válido: {problem}',
  'request-json-not-har':
    'el JSON no es un archivo HAR: se esperaba log.entries, o una de sus entradas. Para revisar un cuerpo, pega antes sus cabeceras',
  'har-without-signature': 'ninguna de las {count} solicitudes tiene la cabecera Signature',
  'har-too-long': '{count} solicitudes tienen firma: se esperaban {max} como máximo',
  'request-of-other-wallet':
    'ninguna operación de {wallet} tiene esta firma: el texto no tiene ruta, así que escribe antes la línea de la solicitud, como "POST /v2/…"',
  'shortened-in-text':
    'el cuerpo tiene un código o token acortado (…): si tu servidor firmó el completo, pega la solicitud como la envió tu servidor',
  'request-form-unknown':
    'el texto no es una solicitud HTTP: pega un comando curl, una solicitud HTTP, las cabeceras con el cuerpo, o un archivo HAR',
};
