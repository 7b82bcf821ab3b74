import { compileFields } from '../profiles/fields.js';
import type { FieldSource, OperationSource } from '../profiles/operation-schema.js';
import { closestName } from '../profiles/suggest-name.js';
import type { RefusedField } from './answerer.js';
import type { JsonObject } from './json-object.js';

/** Values of the emulator's state, for fields that a request does not have. By the engine's names. */
export type KnownValues = Readonly<Record<string, unknown>>;

/** The value of a code or token that the profile demands and the request does not have. */
export const replacedCredential = 'credential-of-the-recording';

/** The fields of a request by the engine's names, whether the profile accepts them or not. */
export function engineFields({ request }: OperationSource, body: JsonObject): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, { as = name }] of Object.entries(request)) {
    if (body[name] !== undefined && body[name] !== null && body[name] !== '') fields[as] = body[name];
  }
  return fields;
}

/**
 * Changes the fields of a request that a profile refuses, so that the emulator can answer it.
 * @returns the body that the profile accepts, and each field that it refused. If a field has no value that it accepts, the body is undefined
 */
export function repairRequest(
  { request }: OperationSource,
  strict: boolean,
  sent: JsonObject,
  known: KnownValues,
): { body: JsonObject | undefined; refused: RefusedField[] } {
  const read = compileFields(request, strict);
  const refused: RefusedField[] = [];
  let body = sent;
  for (;;) {
    const result = read({ ...body });
    if (!('field' in result)) return { body, refused };
    const { field, message } = result;
    refused.push({ place: `request.${field}`, reason: message, sent: sentInstead(field, sent, request) });
    const source = request[field] as FieldSource;
    const accepted = valuesFor(field, source, body[field], known).find((value) => {
      const again = read({ ...body, [field]: value });
      return !('field' in again) || again.field !== field;
    });
    if (accepted === undefined) return { body: undefined, refused };
    body = { ...body, [field]: accepted };
  }
}

/** The content of a request in place of a field: its value, or the fields that the profile does not know. */
export function sentInstead(field: string, sent: JsonObject, request: OperationSource['request']): unknown {
  if (Object.hasOwn(sent, field)) return sent[field];
  const unknown = Object.entries(sent).filter(([name]) => !Object.hasOwn(request, name));
  return unknown.length > 0 ? Object.fromEntries(unknown) : undefined;
}

/** Values that the profile may accept, the most similar to the sent one first. */
function valuesFor(field: string, { as = field, enum: values = [], max = 64 }: FieldSource, sent: unknown, known: KnownValues) {
  const words = typeof sent === 'object' ? JSON.stringify(sent) : String(sent ?? '');
  const byLowerCase = new Map(values.map((value) => [value.toLowerCase(), value]));
  const closest = byLowerCase.get(closestName(words, [...byLowerCase.keys()]) ?? '');
  return [closest, words, words.replaceAll(/[@#?]/g, '').slice(0, max), known[as], values[0], 'x', ['x'], {}].filter(
    (value) => value !== undefined && value !== '',
  );
}
