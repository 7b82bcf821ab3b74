import { typeOf } from './compare-values.js';
import type { ResultExample } from './difference.js';
import type { Finding } from './finding.js';
import { formOf } from './forms.js';

/** The two sides of a difference in words that stay the same from recording to recording: they have no example. */
export interface SideWords {
  platform?: string;
  emulator?: string;
}

const nothing = 'nothing';

/** The words that tell differences of one code at one place apart, such as the result codes. A file of accepted differences has them. */
export function sideWords(finding: Finding): SideWords {
  switch (finding.code) {
    case 'result-code':
    case 'result-code-unknown':
    case 'result-status':
      return { platform: resultWords(finding.platform), emulator: finding.emulator.outcome ?? nothing };
    case 'response-field-form':
      return { platform: Object.values(formOf(finding.platform)).join(' ').trim() };
    case 'response-field-length':
      return { platform: String(finding.platform.length) };
    case 'response-field-type':
      return { platform: typeOf(finding.platform) };
    case 'scope-reads':
      return finding.platform === undefined ? { platform: nothing } : { emulator: nothing };
    case 'refresh-old-pair':
      return { platform: finding.platform ? 'works' : 'ended' };
    case 'http-status':
    case 'lifetime':
    case 'header-case':
    case 'signature-algorithm':
    case 'signature-encoding':
    case 'signature-content':
      return { platform: String(finding.platform) };
    default:
      return {};
  }
}

/** A result in words, such as `ACCESS_DENIED (F)`. */
export function resultWords({ resultCode = nothing, resultStatus }: ResultExample): string {
  return resultStatus === undefined ? resultCode : `${resultCode} (${resultStatus})`;
}
