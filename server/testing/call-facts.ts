import type { CallFacts } from '../journal/build-entry.js';
import { quote } from '../texts/text.js';

/** The facts of a call for journal tests. */
export function callFacts(changes: Partial<CallFacts> = {}): CallFacts {
  return {
    kind: 'openapi',
    at: 0,
    method: 'POST',
    path: '/v2/x',
    status: 200,
    reason: quote('done'),
    durationMs: 1,
    request: { headers: {}, body: '' },
    response: { headers: {}, body: '' },
    ...changes,
  };
}
