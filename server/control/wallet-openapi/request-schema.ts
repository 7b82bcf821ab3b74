import type { FieldSource } from '../../profiles/operation-schema.js';
import type { Translate } from '../translate-document.js';
import type { JsonSchema } from './json-schema.js';

type Request = Readonly<Record<string, FieldSource>>;

/**
 * The JSON Schema of an operation's request. Unknown fields are allowed, because the platform ignores them.
 * @param strict whether fields with `required: "strict"` are required
 */
export function requestSchema(request: Request, strict: boolean, translate: Translate): JsonSchema {
  const fields = Object.entries(request);
  const always = fields.filter(([, source]) => isAlwaysRequired(source, strict)).map(([name]) => name);
  const conditions = fields.flatMap(([name, { required }]) =>
    typeof required === 'object' ? [conditionOf(request, name, required)] : [],
  );
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, source]) => [name, fieldSchema(request, source, { strict, translate })])),
    ...(always.length > 0 && { required: always }),
    ...(conditions.length > 0 && { allOf: conditions }),
  };
}

export function isAlwaysRequired({ required }: FieldSource, strict: boolean): boolean {
  return required === true || (required === 'strict' && strict);
}

/** A field that is required only if other fields have given values. */
function conditionOf(request: Request, name: string, required: Record<string, string>): JsonSchema {
  const others = Object.entries(required).map(([as, value]) => ({ ...sourceOf(request, as), value }));
  return {
    if: {
      properties: Object.fromEntries(
        others.map(({ field, source, value }) => [field, { type: 'string', enum: spellings(source, value) }]),
      ),
      // A field with this value as its default has the value too if it is missing.
      required: others.filter(({ source, value }) => source?.default !== value).map(({ field }) => field),
    },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { [name]: {} }, required: [name], additionalProperties: true },
  };
}

/** The field with an engine's name. */
function sourceOf(request: Request, as: string): { field: string; source: FieldSource | undefined } {
  const found = Object.entries(request).find(([name, source]) => (source.as ?? name) === as);
  return { field: found?.[0] ?? as, source: found?.[1] };
}

function spellings(source: FieldSource | undefined, value: string): string[] {
  const aliases = Object.entries(source?.aliases ?? {}).filter(([, meaning]) => meaning === value);
  return [value, ...aliases.map(([alias]) => alias)];
}

function fieldSchema(
  request: Request,
  source: FieldSource,
  { strict, translate }: { strict: boolean; translate: Translate },
): JsonSchema {
  const description = describe(request, source, translate);
  return {
    ...typeSchema(source, isAlwaysRequired(source, strict)),
    ...(source.default !== undefined && { default: source.default }),
    ...(description !== '' && { description }),
  };
}

/** @param filled an empty value counts as missing, so a required field must not be empty */
function typeSchema(source: FieldSource, filled: boolean): JsonSchema {
  const text = textSchema(source, filled);
  switch (source.type) {
    case 'any':
      return {};
    case 'list':
      return {
        anyOf: [
          { type: 'array', items: textSchema(source, false), ...(filled && { minItems: 1 }) },
          { type: 'string', description: 'the items, separated by commas', ...(filled && { minLength: 1 }) },
        ],
      };
    case 'text':
      return { anyOf: [text, { type: 'object' }] };
    default:
      return text;
  }
}

function textSchema({ max, enum: values, aliases = {}, form, pattern }: FieldSource, filled: boolean): JsonSchema {
  const patterns = [...(form === 'id' ? ['^[^@#?]*$'] : []), ...(pattern === undefined ? [] : [pattern])];
  return {
    type: 'string',
    ...(values && { enum: [...values, ...Object.keys(aliases)] }),
    ...(filled && !values && { minLength: 1 }),
    ...(max !== undefined && { maxLength: max }),
    ...(patterns.length === 1 && { pattern: patterns[0] as string }),
    ...(patterns.length > 1 && { allOf: patterns.map((one) => ({ pattern: one })) }),
  };
}

function describe(request: Request, { required, hint }: FieldSource, translate: Translate): string {
  const parts: string[] = [];
  if (hint !== undefined) parts.push(translate('Expected: {hint}.', { hint: translate(hint) }));
  if (required === 'strict') parts.push(translate('Required by the documentation.'));
  if (typeof required === 'object') {
    const conditions = Object.entries(required).map(([as, value]) =>
      translate('{field} is {value}', { field: sourceOf(request, as).field, value }),
    );
    parts.push(translate('Required if {conditions}.', { conditions: conditions.join(translate(' and ')) }));
  }
  return parts.join(' ');
}
