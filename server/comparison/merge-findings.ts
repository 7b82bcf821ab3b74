import type { Text } from '../texts/text.js';
import type { Difference } from './difference.js';
import type { Finding } from './finding.js';
import { formOf } from './forms.js';

/** Makes one difference of findings that say the same, with the example of the first. */
export class MergedFindings {
  readonly #differences = new Map<string, Difference>();

  /** @param exchange the index of the exchange in the recording */
  add(finding: Finding, exchange: number): void {
    const key = keyOf(finding);
    const known = this.#differences.get(key);
    if (known === undefined) this.#differences.set(key, { ...finding, exchanges: [exchange] } as Difference);
    else if (known.exchanges.at(-1) !== exchange) known.exchanges.push(exchange);
  }

  all(): Difference[] {
    return [...this.#differences.values()];
  }
}

/** Findings with the same key are one difference. */
function keyOf(finding: Finding): string {
  return JSON.stringify([finding.code, finding.operation, finding.place, detailOf(finding)]);
}

/** The part of the examples that tells differences at one place apart. */
function detailOf(finding: Finding): unknown {
  switch (finding.code) {
    case 'result-code':
    case 'result-code-unknown':
    case 'result-status':
      return [finding.platform.resultCode, finding.platform.resultStatus, finding.emulator.outcome];
    case 'response-field-form':
      return formOf(finding.platform);
    case 'response-field-length':
      return finding.platform.length;
    case 'response-field-type':
      return finding.platform === null ? 'null' : typeof finding.platform;
    case 'scope-reads':
      return finding.platform === undefined;
    case 'http-status':
    case 'lifetime':
    case 'refresh-old-pair':
    case 'header-case':
    case 'signature-algorithm':
    case 'signature-encoding':
    case 'signature-content':
      return finding.platform;
    case 'request-field-refused':
      return kindOfReason(finding.reason);
    default:
      return undefined;
  }
}

/** The codes of a reason, without its values: those of two calls may differ. */
function kindOfReason({ code, values = {} }: Text): unknown {
  const parts = Object.values(values).filter((value) => typeof value === 'object' && 'code' in value);
  return [code, ...parts.map((part) => (part as Text).code)];
}
