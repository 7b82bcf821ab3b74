/** Sentences about calls that are recorded, and why one got no answer. */
export const recorderTexts = {
  'platform-unreachable': '{origin} no respondió{by}: {problem}. {whatToDo}',
  'by-proxy': ' a través del proxy {proxy}',
  'by-no-proxy': '',
  'unreachable-refused': 'Nada escucha ahí: revisa la dirección y el puerto',
  'unreachable-name':
    'El nombre del host es desconocido: revisa la dirección, y define HTTPS_PROXY si esta red necesita un proxy',
  'unreachable-closed': 'Cerró la conexión antes de completar su respuesta: envía la llamada otra vez',
  'unreachable-other-host': 'Su certificado es de otro host: revisa la dirección',
  'unreachable-expired': 'Su certificado venció: revisa el reloj de esta máquina',
  'unreachable-protocol': 'No habla HTTPS ahí: revisa el puerto, o escribe la dirección con http://',
  'unreachable-authority': 'Esta máquina no confía en su certificado: indica el certificado de la autoridad con --ca',
  'unreachable-network': 'Revisa la dirección, la red y el proxy (HTTPS_PROXY, NO_PROXY)',
  'proxy-refuses': 'el proxy respondió HTTP {status} en lugar de abrir una conexión: revisa HTTPS_PROXY y NO_PROXY',
  'platform-silent': 'la plataforma no envió nada durante {seconds} s: envía la llamada más tarde',
  'platform-answer-too-long': 'la respuesta de la plataforma supera {max} MB',
  'recorded-answer': 'la plataforma respondió {code}',
  'recorded-answer-status': 'la plataforma respondió HTTP {status}',
  'recorded-notification': 'la notificación de la plataforma se pasó a {url}, que respondió HTTP {status}',
  'recording-not-kept': '{reason}; esta llamada no está en la grabación: {problem}',
  'recording-full': 'la grabación tiene {max} MB, y no se puede leer una mayor: empieza otra',
};
