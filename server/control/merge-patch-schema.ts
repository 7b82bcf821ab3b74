import Type, { type TObject, type TSchema } from 'typebox';
import { closed } from '../schemas/common.js';

/** The schema of a merge patch (RFC 7396) for an object: every field is optional, and optional fields may be null. */
export function mergePatchSchema({ properties }: TObject): TObject {
  const fields = Object.entries(properties).map(([name, schema]): [string, TSchema] => [
    name,
    Type.Optional(Type.IsOptional(schema) ? Type.Union([schema, Type.Null()]) : schema),
  ]);
  return Type.Object(Object.fromEntries(fields), closed);
}
