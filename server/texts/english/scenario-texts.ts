/** The problems of a scenario that its schema allows (tenants/check-scenario.ts). */
export const scenarioTexts = {
  'scenario-id-reserved': '"library" is reserved for the path …/scenarios/library; choose another id',
  'rule-id-taken': 'the scenario {id} already exists; choose another id, or leave it out',
  'expected-pointer': 'expected a JSON pointer (RFC 6901), such as {example}',
  'expected-operation-known': 'expected *, or one of {operations}',
  'expected-path': 'expected one of the paths of {operation}: {paths}',
  'expected-path-prefix': 'expected a path with its prefix, such as {example}',
  'operation-without-path': 'expected only without an operation, or with one that has paths, and {operation} has none',
  'no-effect-on-server': "has no effect on {operation}, which is called by a merchant's server",
  'no-effect-on-page': 'has no effect on {operation}, which is called by a mini program',
  'no-effect-together': 'no call of {operation} is affected by {parts} together; use a list with one object for each call',
  'result-unknown': 'got {given}; on every wallet: {names}; also on this one: {codes}',
  'scenario-not-of-wallet':
    'the scenario {scenario} does not fit {wallet}: {field}: {problem}. Change or remove the scenario first',
  'result-and-status': 'expected result or status, not both',
  'body-without-status': 'missing; a body needs the HTTP status of the answer',
  'message-alone': 'expected only with result or error',
  'expected-duration':
    'expected an ISO 8601 duration such as PT10M or P1D (in weeks, days, hours, minutes, seconds), or a number of seconds',
} as const;
