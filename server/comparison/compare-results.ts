import { type Profile, resultCodesOf } from '../profiles/profile.js';
import type { EmulatorAnswer } from './answerer.js';
import type { ResultExample } from './difference.js';
import type { Finding } from './finding.js';
import type { PlatformCall } from './platform-call.js';

/** Compares the HTTP status and the result of two answers. @param emulator the emulator's result */
export function compareResults(call: PlatformCall, emulator: ResultExample, answer: EmulatorAnswer, profile: Profile): Finding[] {
  const shown = { operation: call.operation?.name, place: 'response.result.resultCode' };
  const { response } = call.exchange;
  const findings: Finding[] = [];
  if (response !== undefined && response.status !== answer.status)
    findings.push({ code: 'http-status', ...shown, place: undefined, platform: response.status, emulator: answer.status });
  const platform = call.result;
  if (platform.resultCode === undefined) return findings;
  const sides = { platform, emulator: { ...emulator, outcome: answer.outcome } };
  if (platform.resultCode !== emulator.resultCode) {
    const isKnown = resultCodesOf(profile).includes(platform.resultCode);
    return [...findings, { code: isKnown ? 'result-code' : 'result-code-unknown', ...shown, ...sides }];
  }
  if (platform.resultStatus !== emulator.resultStatus)
    findings.push({ code: 'result-status', ...shown, place: 'response.result.resultStatus', ...sides });
  const isTextKnown = answer.outcome === 'done' && profile.codes.done.message !== undefined;
  if (isTextKnown && platform.resultMessage !== emulator.resultMessage)
    findings.push({ code: 'result-message', ...shown, place: 'response.result.resultMessage', ...sides });
  return findings;
}
