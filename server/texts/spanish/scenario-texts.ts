/** The problems of a scenario that its schema allows (tenants/check-scenario.ts). */
export const scenarioTexts = {
  'scenario-id-reserved': '"library" está reservado para la ruta …/scenarios/library; elige otro identificador',
  'rule-id-taken': 'el escenario {id} ya existe; elige otro identificador, o déjalo vacío',
  'expected-pointer': 'se esperaba un puntero JSON (RFC 6901), como {example}',
  'expected-operation-known': 'se esperaba *, o una de estas operaciones: {operations}',
  'expected-path': 'se esperaba una de las rutas de {operation}: {paths}',
  'expected-path-prefix': 'se esperaba una ruta con su prefijo, como {example}',
  'operation-without-path': 'solo se usa sin operación, o con una que tenga rutas, y {operation} no tiene ninguna',
  'no-effect-on-server': 'no tiene efecto en {operation}, porque la llama el servidor de un comercio',
  'no-effect-on-page': 'no tiene efecto en {operation}, porque la llama un mini programa',
  'no-effect-together': 'ninguna llamada de {operation} recibe a la vez {parts}; usa una lista con un objeto para cada llamada',
  'result-unknown': 'se recibió {given}; en todas las billeteras: {names}; también en esta: {codes}',
  'scenario-not-of-wallet':
    'el escenario {scenario} no sirve para {wallet}: {field}: {problem}. Primero cambia o quita el escenario',
  'result-and-status': 'se esperaba result o status, no los dos',
  'body-without-status': 'falta; un cuerpo necesita el estado HTTP de la respuesta',
  'message-alone': 'solo se usa con result o error',
  'expected-duration':
    'se esperaba una duración ISO 8601 como PT10M o P1D (en semanas, días, horas, minutos, segundos), o un número de segundos',
};
