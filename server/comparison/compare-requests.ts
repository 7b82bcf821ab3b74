import type { Profile } from '../profiles/profile.js';
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
 * The field of a request that the platform refused, and the profile accepts. The platform's message tells which.
 * @returns undefined if the platform did not refuse a field, or if the profile refuses the request too
 */
export function findAcceptedField(call: PlatformCall, answer: EmulatorAnswer, profile: Profile): Finding | undefined {
  const { resultCode, resultMessage } = call.result;
  const isParameter = resultCode === profile.codes['parameter-illegal'].code || /PARAM/.test(resultCode ?? '');
  const { operation } = call;
  if (!isParameter || answer.outcome !== 'done' || operation === undefined) return undefined;
  const request = profile.source.operations[operation.name]?.request ?? {};
  const words = (resultMessage ?? '').toLowerCase();
  const names = [...Object.keys(call.body), ...Object.keys(request)].filter((name) => words.includes(name.toLowerCase()));
  const [name] = names.sort((one, other) => other.length - one.length);
  return {
    code: 'request-field-accepted',
    operation: operation.name,
    place: name === undefined ? 'request' : `request.${name}`,
    platform: resultMessage,
    emulator: name === undefined ? call.body : sentInstead(name, call.body, request),
  };
}
