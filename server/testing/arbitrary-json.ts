import fc from 'fast-check';

/** The part of JSON Schema that the control API's OpenAPI document uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  patternProperties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  minimum?: number;
  maximum?: number;
}

const oddTexts = [
  '',
  '\n',
  'a\nb',
  '\r\n\t',
  '\0',
  '\u2028',
  '\ud800',
  'x\udc00',
  '\ufeff',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '/etc/passwd',
  '<script>alert(1)</script>',
  '{{say}}',
  '%',
  '%00',
  '9'.repeat(400),
  'a'.repeat(20_000),
  ' '.repeat(20_000),
  'P999999999D',
  'PT0S',
  '9999-12-31T23:59:59+00:00',
  '0000-01-01T00:00:00-23:59',
];

/** Texts that programs often handle wrongly: line feeds, long words, names of built-in properties, half characters. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

const deepValue = fc.integer({ min: 1, max: 3000 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown);

/** Any JSON value, with odd texts as keys and values. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(oddText, fc.oneof(oddText, fc.jsonValue({ maxDepth: 1 })), { maxKeys: 4 }),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, {}, []),
  deepValue,
);

/**
 * JSON that mostly fits a schema. At each level, a few values are anything instead.
 * @param schemas the schemas that a `$ref` names
 * @param known texts that often occur: ids and names that exist
 */
export function arbitraryFor(
  schema: JsonSchema,
  schemas: Record<string, JsonSchema>,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const of = (part: JsonSchema, depth: number): fc.Arbitrary<unknown> => {
    if (depth > 8) return anyJson;
    const fitting = fittingValue(part, depth);
    return fc.oneof({ weight: 12, arbitrary: fitting }, { weight: 1, arbitrary: anyJson });
  };
  const fittingValue = (part: JsonSchema, depth: number): fc.Arbitrary<unknown> => {
    const named = /[^/#]+$/.exec((part.$ref ?? '').replace(/#$/, ''))?.[0];
    if (named !== undefined) return of(schemas[named] ?? {}, depth + 1);
    if ('const' in part) return fc.constant(part.const);
    if (part.enum !== undefined) return fc.constantFrom(...part.enum);
    if (part.anyOf !== undefined) return fc.oneof(...part.anyOf.map((option) => of(option, depth + 1)));
    switch (part.type) {
      case 'string':
        return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: oddText });
      case 'integer':
      case 'number':
        return fc.oneof(
          fc.integer({ min: part.minimum ?? -5, max: Math.max(part.minimum ?? -5, Math.min(part.maximum ?? 500, 500)) }),
          fc.double(),
        );
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(of(part.items ?? {}, depth + 1), { maxLength: 3 });
      case 'object':
        return objectFor(part, depth);
      default:
        return anyJson;
    }
  };
  const objectFor = (
    { properties = {}, required = [], patternProperties = {}, additionalProperties }: JsonSchema,
    depth: number,
  ) => {
    const model = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, of(part, depth + 1)]));
    const requiredKeys = required.filter((name) => Object.hasOwn(model, name));
    const values = [
      ...Object.values(patternProperties),
      ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ];
    const record = fc.record(model, { requiredKeys });
    if (values.length === 0) return record;
    const more = fc.dictionary(fc.oneof(fc.constantFrom(...known), oddText), of(values[0] as JsonSchema, depth + 1), {
      maxKeys: 3,
    });
    return fc.tuple(record, more).map(([one, other]) => ({ ...one, ...other }));
  };
  return of(schema, 0);
}
