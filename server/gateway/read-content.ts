import { type Refusal, refuse } from '../engine/outcomes.js';
import type { Fields } from '../profiles/fields.js';
import type { Operation } from '../profiles/profile.js';
import type { IncomingCall } from './incoming-call.js';

/** The body and the fields of a call, as far as they are valid. `refusal` says what is wrong with them. */
export interface CallContent {
  body?: Record<string, unknown>;
  fields: Fields;
  refusal?: Refusal;
}

/**
 * Reads the fields of an operation. A refusal has to wait, because a scenario may answer the call first.
 * @param operation undefined if the path has none: then there are no fields
 */
export function readContent({ json }: IncomingCall, operation: Operation | undefined): CallContent {
  if (json.problem !== undefined) return { fields: {}, refusal: refuse('parameter-illegal', json.problem) };
  const body = json.value;
  const read = operation === undefined ? { fields: {} } : operation.readFields(body);
  return 'field' in read
    ? { body, fields: {}, refusal: refuse('parameter-illegal', read.message) }
    : { body, fields: read.fields };
}
