/**
 * The fields of a JSON Schema as a Markdown table.
 *
 * @typedef {{ type?: string, properties?: Record<string, Schema>, patternProperties?: Record<string, Schema>, items?: Schema,
 *   anyOf?: Schema[], enum?: unknown[], const?: unknown, required?: string[], default?: unknown, description?: string,
 *   minimum?: number, maximum?: number, maxLength?: number }} Schema
 * @typedef {{ headings: string[], types: Record<string, string>, required: string, default: string, translate(description: string): string }} Words
 *   the words of one language
 */

/**
 * @param {Schema} schema of an object
 * @param {Words} words
 * @returns {string} a row for each field; a field of an inner object has a dotted name, such as `rateLimit.max`
 */
export function fieldTable(schema, words) {
  const rows = fieldsOf(schema, '').map(({ name, field, isRequired }) => [
    `\`${name}\``,
    typeOf(field, words),
    about(field, isRequired, words),
  ]);
  return [words.headings, words.headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The object of one record in the schema of a file: a list of records, or an object with such a list. */
export function recordSchema(schema) {
  return schema.anyOf?.find(({ type }) => type === 'array')?.items ?? schema;
}

function fieldsOf({ properties = {}, required = [] }, prefix) {
  return mergeEqual(Object.entries(properties))
    .filter(([name]) => name !== '$schema')
    .flatMap(([name, schema]) => {
      const field = withoutNull(schema);
      const path = `${prefix}${name}`;
      return [
        { name: path, field, isRequired: required.includes(name) },
        ...fieldsOf(innerObject(field), `${path}${suffix(field)}.`),
      ];
    });
}

/** Fields that all have one schema are one row, `*`, if there are many, such as the result codes of the outcomes. */
function mergeEqual(fields) {
  const isOne = new Set(fields.map(([, schema]) => JSON.stringify(schema))).size === 1;
  return isOne && fields.length > 5 ? [['*', fields[0][1]]] : fields;
}

/** The schema whose fields are listed below a field: its own, or that of the items of a list or dictionary. */
function innerObject(field) {
  return withoutNull(field.items ?? Object.values(field.patternProperties ?? {})[0] ?? field);
}

function suffix(field) {
  if (field.items) return '[]';
  return field.patternProperties ? '.*' : '';
}

/** A profile may have null in place of each field, which removes it. */
function withoutNull(schema) {
  const [only, ...more] = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  return only !== undefined && more.length === 0 ? { ...only, description: only.description ?? schema.description } : schema;
}

function typeOf(field, words) {
  if (field.const !== undefined) return `\`${JSON.stringify(field.const)}\``;
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ');
  if (field.anyOf) return [...new Set(field.anyOf.map((option) => typeOf(option, words)))].join(' / ');
  if (field.items) return `${words.types.array}: ${typeOf(withoutNull(field.items), words)}`;
  return words.types[field.type ?? 'any'];
}

function about(field, isRequired, words) {
  const parts = [
    isRequired && words.required,
    field.description && words.translate(field.description),
    field.default !== undefined && `${words.default} \`${JSON.stringify(field.default)}\``,
  ];
  return parts.filter(Boolean).join('; ').replaceAll('|', '\\|');
}
