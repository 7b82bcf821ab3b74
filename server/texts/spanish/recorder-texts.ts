/** Sentences about calls that are recorded, and why one got no answer. */
export const recorderTexts = {
  'platform-unreachable': '{origin} no respondió: {problem}. {whatToDo}',
  'platform-unreachable-by-proxy': '{origin} no respondió a través del proxy {proxy}: {problem}. {whatToDo}',
  'unreachable-refused': 'Nada escucha ahí: revisa la dirección y el puerto',
  'unreachable-name': 'Revisa la dirección, y define HTTPS_PROXY si esta red necesita un proxy',
  'unreachable-closed': 'Envía la llamada otra vez',
  'unreachable-other-host': 'Revisa la dirección',
  'unreachable-expired': 'Revisa el reloj de esta máquina',
  'unreachable-protocol': 'Revisa el puerto, o escribe la dirección con http://',
  'unreachable-authority': 'Indica el certificado de la autoridad con --ca',
  'unreachable-network': 'Revisa la dirección, la red y el proxy (HTTPS_PROXY, NO_PROXY)',
  'proxy-refuses': 'el proxy respondió HTTP {status} en lugar de abrir una conexión: revisa HTTPS_PROXY y NO_PROXY',
  'platform-silent': 'la plataforma no envió nada durante {seconds} s: envía la llamada más tarde',
  'platform-answer-too-long': 'la respuesta de la plataforma supera {max} MB',
  'recorded-answer': 'la plataforma respondió {code}',
  'recorded-answer-status': 'la plataforma respondió HTTP {status}',
  'recorded-notification': 'la notificación de la plataforma se pasó a {url}, que respondió HTTP {status}',
  'recording-not-kept': '{reason}; esta llamada no está en la grabación: {problem}',
  'recording-exists': 'el archivo existe, y una grabación nunca reemplaza otro; elige otro nombre con --out',
  'recording-full': 'la grabación tiene {max} MB, y no se puede leer una mayor: empieza otra',
  'signature-both-accept': 'La plataforma aceptó la firma de la solicitud, y aquí también es válida.',
  'signature-both-refuse': 'La plataforma rechazó la firma de la solicitud, y aquí tampoco es válida.',
  'signature-only-platform-accepts': 'La plataforma aceptó la firma de la solicitud, pero aquí no es válida.',
  'signature-only-platform-refuses':
    'La plataforma rechazó la firma de la solicitud, pero aquí es válida: quizá la plataforma tiene otra clave del cliente.',
  'signature-accepted-unchecked':
    'La plataforma aceptó la solicitud. Su firma no se verificó aquí: registra el cliente con su publicKey en clients.json.',
  'signature-refused-unchecked':
    'La plataforma rechazó la firma de la solicitud. Aquí no se verificó: registra el cliente con su publicKey en clients.json.',
  'signature-verdict-unknown': 'La respuesta no dice si la plataforma aceptó la firma de la solicitud.',
  'answer-verifies':
    'La firma de la respuesta es válida con la clave pública de la plataforma: algoritmo {algorithm}, codificación {encoding}.',
  'answer-verifies-otherwise':
    'La firma de la respuesta es válida con la clave pública de la plataforma: algoritmo {algorithm}, codificación {encoding}. Cubre {content}, pero el perfil dice {expected}.',
  'answer-does-not-verify':
    'La firma de la respuesta no es válida con la clave pública dada sobre ningún contenido conocido: algoritmo {algorithm}, codificación {encoding}.',
  'answer-unchecked':
    'La firma de la respuesta no se verificó: inicia con --platform-public-key. Su algoritmo es {algorithm}, su codificación {encoding}.',
  'answer-unsigned': 'La respuesta no tiene firma.',
  'emulator-answers-same': 'El emulador también habría respondido {code}.',
  'emulator-answers-otherwise': 'El emulador habría respondido {code}: {reason}',
  'unsigned-accepted': 'La solicitud no tiene firma, y la plataforma la aceptó.',
  'unsigned-not-accepted': 'La solicitud no tiene firma.',
};
