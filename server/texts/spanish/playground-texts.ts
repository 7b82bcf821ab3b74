/** The reason why a step of the playground's sample merchant failed (console/demo). */
export const playgroundTexts = {
  'demo-key-unknown':
    'el cliente {clientId} debe firmar con una clave que el comercio de muestra no tiene. Intercambia el código desde tu propio servidor, o haz opcional la firma del cliente',
  'demo-no-result': 'POST {path} respondió HTTP {status} sin un resultado: {body}',
  'demo-empty-body': 'un cuerpo vacío',
  'demo-no-signature': 'la respuesta a POST {path} no tiene firma',
  'demo-signature-wrong': 'la firma de la respuesta a POST {path} no se verifica',
  'demo-answer-old': 'la respuesta a POST {path} es de {time}, demasiado lejos de la hora actual: puede ser una respuesta vieja',
  'demo-platform-failed': 'no se pudo preguntar a la plataforma: {problem}',
  'demo-no-prepare': 'la billetera {wallet} no prepara autorizaciones',
  'demo-no-revoke': 'la billetera {wallet} no tiene revocación',
  'demo-no-token': 'la plataforma ya no tiene el token de acceso',
  'demo-no-customer': 'el comercio de muestra ya no tiene a ese usuario: pide otra vez una autorización',
};
