/** The differences between a platform and a profile. */
export const comparisonTexts = {
  'difference-path-unknown': 'la plataforma responde en la ruta {place}, que el perfil no tiene',
  'difference-http-status': 'la plataforma responde con HTTP {platform}, y el emulador con HTTP {emulator}',
  'difference-result-code-unknown':
    'la plataforma responde con {platform}, un código de resultado que el perfil no tiene; el emulador responde con {emulator}',
  'difference-result-code': 'la plataforma responde con {platform}, y el emulador con {emulator}',
  'difference-result-status': '{code} tiene el estado {platform} en la plataforma, y {emulator} en el perfil',
  'difference-result-message': 'el mensaje de un éxito es {platform} en la plataforma, y {emulator} en el perfil',
  'difference-response-field-missing': 'la plataforma no envía {place}; el emulador envía {emulator}',
  'difference-response-field-extra': 'la plataforma envía {place}, que el perfil no tiene: {platform}',
  'difference-response-field-type':
    '{place} es {platformKind} en la plataforma ({platform}), y {emulatorKind} en el perfil ({emulator})',
  'difference-response-field-form':
    '{place} tiene otra forma: {platformForm} en la plataforma ({platform}), {emulatorForm} en el perfil ({emulator})',
  'difference-response-field-length': '{place} tiene {platform} caracteres en la plataforma, y {emulator} en el perfil',
  'difference-array-order': '{place} tiene el orden {platform} en la plataforma, y {emulator} en el perfil',
  'difference-scope-reads-extra': 'la plataforma envía {place} con {scopes}, y el perfil no lee ese campo: {platform}',
  'difference-scope-reads-missing': 'la plataforma no envía {place} con {scopes}, y el perfil sí lo lee: {emulator}',
  'difference-lifetime': 'la vigencia de {place} es {platform} en la plataforma, y {emulator} en el perfil',
  'difference-old-works': 'después de una renovación, el {place} anterior sigue funcionando en la plataforma, y en el perfil no',
  'difference-old-ended': 'después de una renovación, el {place} anterior ya no funciona en la plataforma, y en el perfil sí',
  'difference-request-field-refused':
    'la plataforma acepta {place} como está aquí ({platform}), y el perfil lo rechaza: {emulator}',
  'difference-request-field-accepted':
    'la plataforma rechaza {place} como está aquí ({emulator}), y el perfil lo acepta: {platform}',
  'difference-header-missing': 'la plataforma no envía la cabecera {place}; el emulador envía {emulator}',
  'difference-header-extra': 'la plataforma envía la cabecera {place}, que el emulador no envía: {platform}',
  'difference-header-case': 'la plataforma escribe la cabecera como {platform}, y el emulador como {emulator}',
  'difference-header-value': 'la cabecera {place} es {platform} en la plataforma, y {emulator} en el emulador',
  'difference-signature-missing': 'la {side} no tiene firma en la plataforma; el emulador la firma con {emulator}',
  'difference-signature-encoding':
    'la firma de la {side} está codificada como {platform} en la plataforma, y como {emulator} en el perfil',
  'difference-signature-algorithm':
    'el algoritmo de la firma de la {side} se llama {platform} en la plataforma, y {emulator} en el perfil',
  'difference-signature-content': 'la firma de la {side} cubre {platform} en la plataforma, y {emulator} en el perfil',
  'difference-signature-unverified':
    'la firma de la {side} no se verifica con la clave dada: ni sobre {emulator}, como dice el perfil, ni sobre un contenido que otros firman',
  'no-wallet-call':
    'ninguna llamada de esta grabación parece una llamada a {wallet}, como POST {path}: llamadas en ella: {count}, como {seen}',
  'no-answered-call':
    'la plataforma no respondió ninguna de las {count} llamadas a una billetera de esta grabación: graba otra vez cuando responda',
  'recording-not-given': 'falta la grabación: elige un archivo, o pega su contenido',
  'recording-too-long': 'la grabación tiene {count} llamadas, y esta página compara {max} como máximo: usa npx billetera compare',
  'recording-masked':
    'el grabador cambió valores de este archivo, así que sus bytes no son los que se firmaron: cuenta lo que averiguó al grabar sobre las firmas, y no la clave dada',
  'recording-masked-without-key':
    'el grabador cambió valores de este archivo y no tenía una clave que verificara una firma, así que no se compara lo que cubren las firmas: graba otra vez con --platform-public-key',
  'side-request': 'solicitud',
  'side-response': 'respuesta',
  'nothing-sent': 'nada',

  'form-time': 'una hora {offset}',
  'form-time-fraction': 'una hora {offset}, y con una fracción de {digits} cifras',
  'form-offset': 'con la diferencia horaria {offset}',
  'form-no-offset': 'sin diferencia horaria',
  'form-epoch-ms': 'milisegundos desde 1970',
  'form-epoch-s': 'segundos desde 1970',
  'form-date': 'una fecha como {pattern}',
  'form-masked': 'con partes ocultas',
  'form-hash-lower': 'un hash de {digits} cifras en minúsculas',
  'form-hash-upper': 'un hash de {digits} cifras en mayúsculas',
  'form-jwt': 'un JWT',
  'form-address': 'una dirección web',
  'form-mail': 'un correo electrónico',
  'form-phone': 'un número con +',
  'form-digits': 'cifras',
  'form-json': 'JSON como texto',
  'form-letter': 'una letra mayúscula',
  'form-two-letters': 'dos letras mayúsculas',
  'form-word': 'una palabra',
  'form-word-upper': 'una palabra en mayúsculas',
  'form-word-lower': 'una palabra en minúsculas',
  'form-text': 'un texto sin forma especial',
};
