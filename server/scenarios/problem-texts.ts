/** The texts about a scenario that its schema allows, and that is wrong. `{name}` stands for a value. */
export const problemTexts = {
  'id-reserved': {
    en: '"library" is reserved for the path …/scenarios/library; choose another id',
    es: '«library» está reservado para la ruta …/scenarios/library; elige otro id',
  },
  'body-pointer': {
    en: 'expected a JSON pointer (RFC 6901), such as {example}',
    es: 'se espera un puntero JSON (RFC 6901), como {example}',
  },
  'path-without-operation': {
    en: 'expected only without an operation, or with one that has paths, and {operation} has none',
    es: 'solo va sin operación, o con una que tenga rutas, y {operation} no tiene ninguna',
  },
  'path-of-operation': {
    en: 'expected one of the paths of {operation}: {paths}',
    es: 'se espera una de las rutas de {operation}: {paths}',
  },
  'path-prefix': {
    en: 'expected a path with its prefix, such as {example}',
    es: 'se espera una ruta con su prefijo, como {example}',
  },
  'operation-unknown': {
    en: 'expected *, or one of {operations}',
    es: 'se espera *, o una de {operations}',
  },
  'result-unknown': { en: 'expected one of {known}', es: 'se espera uno de {known}' },
  'no-effect-on-server': {
    en: "has no effect on {operation}, which is called by a merchant's server",
    es: 'no tiene efecto en {operation}, que la llama el servidor de un comercio',
  },
  'no-effect-on-page': {
    en: 'has no effect on {operation}, which is called by a mini program',
    es: 'no tiene efecto en {operation}, que la llama un mini programa',
  },
  'no-effect-together': {
    en: 'no call of {operation} is affected by {parts} together; use a list with one object for each call',
    es: 'ninguna llamada de {operation} recibe {parts} a la vez; usa una lista con un objeto para cada llamada',
  },
  'result-and-status': {
    en: 'expected result or status, not both',
    es: 'se espera un resultado o un estado HTTP, no los dos',
  },
  'body-without-status': {
    en: 'missing; a body needs the HTTP status of the answer',
    es: 'falta; un cuerpo necesita el estado HTTP de la respuesta',
  },
  'message-alone': { en: 'expected only with result or error', es: 'solo va con un resultado o un error' },
  duration: {
    en: 'expected {hint}',
    es: 'se espera una duración ISO 8601, como PT10M o P1D, o un número de segundos',
  },
} as const;

/** One problem with a scenario. */
export interface ScenarioProblem {
  /** The field: `then.result`. */
  path: string;
  key: keyof typeof problemTexts;
  values?: Readonly<Record<string, string>>;
}

/** A problem in words, without its field. */
export function scenarioProblemText({ key, values = {} }: ScenarioProblem, lang = 'en'): string {
  return problemTexts[key][lang === 'es' ? 'es' : 'en'].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
