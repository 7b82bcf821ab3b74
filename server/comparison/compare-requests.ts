import type { OperationSource } from '../profiles/operation-schema.js';
import type { Operation, Profile } from '../profiles/profile.js';
import { inEnglish } from '../texts/write-text.js';
import type { EmulatorAnswer } from './answerer.js';
import type { Finding } from './finding.js';
import type { PlatformCall } from './platform-call.js';
import { sentInstead } from './repair-request.js';

/** The fields of a request that the platform accepted, and the profile refuses. */
export function findRefusedFields({ operation }: PlatformCall, { refusedFields }: EmulatorAnswer): Finding[] {
  return refusedFields.map(({ place, reason, sent }) => ({
    code: 'request-field-refused',
    operation: operation?.name,
    place,
    platform: sent,
    emulator: inEnglish(reason),
    reason,
  }));
}

/**
 * The field of a request that the platform refused, and the profile accepts. The platform's code or message tells which.
 * @returns undefined if the platform did not refuse a field, or if the profile refuses the request too
 */
export function findAcceptedField(call: PlatformCall, answer: EmulatorAnswer, profile: Profile): Finding | undefined {
  const { operation, body, result } = call;
  if (answer.outcome !== 'done' || operation === undefined) return undefined;
  const request = profile.source.operations[operation.name]?.request ?? {};
  const isParameter = result.resultCode === profile.codes['parameter-illegal'].code || /PARAM/.test(result.resultCode ?? '');
  const name = fieldByCode(call, operation, profile) ?? (isParameter ? fieldByWords(call, request) : undefined);
  if (name === undefined && !isParameter) return undefined;
  return {
    code: 'request-field-accepted',
    operation: operation.name,
    place: name === undefined ? 'request' : `request.${name}`,
    platform: result.resultMessage,
    emulator: name === undefined ? body : sentInstead(name, body, request),
  };
}

/** Outcomes that are about one field, by the engine's name. */
const fieldOfOutcome = { 'auth-client-mismatch': 'authClient', 'app-unknown': 'appId' } as const;

/** The field that the platform's code is about, if the profile reads no such field from the request. */
function fieldByCode({ body, result }: PlatformCall, operation: Operation, { codes }: Profile): string | undefined {
  for (const outcome of Object.keys(fieldOfOutcome) as (keyof typeof fieldOfOutcome)[]) {
    const name = operation.wireName(fieldOfOutcome[outcome]);
    if (codes[outcome].code === result.resultCode && !Object.hasOwn(body, name)) return name;
  }
  return undefined;
}

/** The field that the platform's message names. */
function fieldByWords({ body, result }: PlatformCall, request: OperationSource['request']): string | undefined {
  const words = (result.resultMessage ?? '').toLowerCase();
  const names = [...Object.keys(body), ...Object.keys(request)].filter((name) => words.includes(name.toLowerCase()));
  return names.sort((one, other) => other.length - one.length)[0];
}
