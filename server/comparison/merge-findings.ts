import type { Text } from '../texts/text.js';
import type { Difference } from './difference.js';
import type { Finding } from './finding.js';
import { sideWords } from './side-words.js';

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
  const reason = finding.code === 'request-field-refused' ? kindOfReason(finding.reason) : undefined;
  return JSON.stringify([finding.code, finding.operation, finding.place, sideWords(finding), reason]);
}

/** The codes of a reason, without its values: those of two calls may differ. */
function kindOfReason({ code, values = {} }: Text): unknown {
  const parts = Object.values(values).filter((value) => typeof value === 'object' && 'code' in value);
  return [code, ...parts.map((part) => (part as Text).code)];
}
