/** Sentences about notifications to merchants. */
export const notificationTexts = {
  'try-accepted': 'intento {tries}: {result}',
  'try-failed': 'intento {tries}: {result}; el siguiente será en {minutes} min de la hora del emulador',
  'try-failed-last': 'intento {tries}: {result}; este fue el último intento',
  'notification-accepted': 'el comercio la aceptó',
  'notification-signature-wrong':
    '{result}; su respuesta tiene una firma que no es válida (una respuesta no tiene que estar firmada)',
  'answer-too-long': 'la respuesta del comercio supera {max} KiB',
  'no-answer-in-time': 'el comercio no respondió en {seconds} s',
  unreachable: 'no se pudo llegar al comercio: {problem}',
  'answer-status': 'el comercio respondió HTTP {status}: se esperaba 200',
  'answer-without-status': 'la respuesta del comercio no tiene result.resultStatus: se esperaba {expected}',
  'answer-other-status': 'la respuesta del comercio dice {status}: se esperaba {expected}',
};
