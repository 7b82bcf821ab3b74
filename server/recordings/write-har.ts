import type { Exchange } from './exchange.js';
import { harCall } from './har-format.js';
import type { RecordedFacts } from './read-har.js';

/** The parts of a HAR file around its entries, which are separated by `,\n`. */
export function harFrame(version: string): { head: string; tail: string } {
  const creator = JSON.stringify({ name: 'billetera', version });
  return { head: `{"log":{"version":"1.2","creator":${creator},"entries":[\n`, tail: '\n]}}\n' };
}

/** Writes an exchange as an entry of a HAR file, in one line. `readHar` reads it. */
export function harEntry({ at, notification, isMasked, signatures, ...call }: Exchange): string {
  const facts: RecordedFacts = {
    ...(notification && { notification }),
    ...(isMasked && { masked: true }),
    ...(signatures && { signatures }),
  };
  const isPlain = Object.keys(facts).length === 0;
  return JSON.stringify({ ...harCall({ at: new Date(at).toISOString(), ...call }), ...(!isPlain && { _billetera: facts }) });
}
