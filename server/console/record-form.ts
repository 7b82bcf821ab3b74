import { parseDuration } from '../clock/duration.js';
import type { RecordName } from '../tenants/records.js';
import { type Text, text } from '../texts/text.js';
import type { Form } from './after-action.js';
import { idFields, type RecordField, recordFields } from './record-fields.js';

/** A record as a form gives it, or the problem that begins with the field. */
export type ReadRecord = { record: Record<string, unknown> } | { problem: Text };

/** The fields of a record's form. @param adding the id is asked for too */
export function fieldsOf(kind: RecordName, adding: boolean): RecordField[] {
  const id: RecordField = { name: idFields[kind], kind: 'text', required: true };
  return [...(adding ? [id] : []), ...recordFields[kind].flatMap(({ fields }) => fields)];
}

/**
 * Reads a record from a form. An empty field is left out. What the form does not have stays.
 * @param base the record before
 */
export function readRecordForm(kind: RecordName, adding: boolean, form: Form, base: object): ReadRecord {
  return readFields(fieldsOf(kind, adding), form, base);
}

/** Reads the fields of a form into a copy of an object. An empty field is left out. */
export function readFields(fields: readonly RecordField[], form: Form, base: object): ReadRecord {
  const record = structuredClone(base) as Record<string, unknown>;
  for (const field of fields) {
    try {
      setAt(record, field.name.split('.'), readField(field, form[field.name]));
    } catch {
      return { problem: text('field-not-json', { field: field.name }) };
    }
    if (field.kind === 'duration' && !isEmptyOrDuration(field, form))
      return { problem: text('problem-at', { place: field.name, problem: text('expected-duration') }) };
  }
  return { record };
}

function isEmptyOrDuration(field: RecordField, form: Form): boolean {
  const value = readField(field, form[field.name]);
  return value === undefined || parseDuration(value) !== undefined;
}

/** A record's value as the text of its field, or the values of its ticked boxes. */
export function writeField({ name, kind }: RecordField, record: object): string | string[] {
  const value = name.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], record);
  if (kind === 'flags') return Array.isArray(value) ? value.map(String) : [];
  if (value === undefined) return '';
  if (kind === 'lines') return (value as string[]).join('\n');
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

/** @throws SyntaxError if the field is JSON and the text is not */
function readField({ kind }: RecordField, sent: string | string[] | undefined): unknown {
  if (kind === 'flags') return sent === undefined ? undefined : [sent].flat();
  const written = String([sent ?? ''].flat()[0]).trim();
  if (written === '') return undefined;
  switch (kind) {
    case 'integer':
      return /^-?\d{1,15}$/.test(written) ? Number(written) : written;
    case 'duration':
      return /^\d{1,15}(\.\d{1,6})?$/.test(written) ? Number(written) : written;
    case 'boolean':
      return written === 'true';
    case 'lines':
      return written
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'json':
      return JSON.parse(written);
    case 'json-or-text':
      return /^[[{]/.test(written) ? JSON.parse(written) : written;
    default:
      return written;
  }
}

/** Sets or (undefined) removes a value. An object that becomes empty is removed too. */
function setAt(record: Record<string, unknown>, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) delete record[key];
    else record[key] = value;
    return;
  }
  const inner = { ...(record[key] as Record<string, unknown> | undefined) };
  setAt(inner, rest, value);
  if (Object.keys(inner).length === 0) delete record[key];
  else record[key] = inner;
}
