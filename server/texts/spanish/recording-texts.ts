/** Problems of a recording: a HAR file, or a folder of raw HTTP. */
export const recordingTexts = {
  'har-not-json': 'se esperaba un archivo HAR, que es JSON: {problem}',
  'har-without-entries': 'se esperaba un archivo HAR: el JSON no tiene la lista log.entries',
  'recording-empty': 'la grabación no tiene ninguna llamada HTTP',
  'exchange-without-request': 'se esperaba una línea de solicitud como "POST /v2/… HTTP/1.1"; hay {found}',
  'exchange-without-host': 'la línea de la solicitud tiene una ruta, y ninguna cabecera Host dice a qué servidor se envió',
  'exchange-line-wrong':
    'la línea {line} no es una cabecera: se esperaba "Nombre: valor", y una línea vacía antes del cuerpo; hay {found}',
  'recording-folder-empty': 'se esperaban archivos que terminan en .http, pero la carpeta no tiene ninguno',
  'recording-folder-full': 'se esperaban {max} archivos .http como máximo, pero la carpeta tiene {count}',
  'recording-folder-large': 'se esperaban {max} MB como máximo en todos los archivos, pero tienen {size} MB',
};
