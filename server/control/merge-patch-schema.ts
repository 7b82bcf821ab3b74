import Type, { type TObject, type TSchema } from 'typebox';
import { closed } from '../schemas/common.js';

/** How such a change looks, for the API's description: everything may be left out, and what is optional may be null. */
export function mergePatchSchema({ properties }: TObject): TObject {
  const fields = Object.entries(properties).map(([name, schema]): [string, TSchema] => [
    name,
    Type.Optional(Type.IsOptional(schema) ? Type.Union([schema, Type.Null()]) : schema),
  ]);
  return Type.Object(Object.fromEntries(fields), closed);
}
