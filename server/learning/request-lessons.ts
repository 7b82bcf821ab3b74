import { fieldTypes } from '../profiles/check-operation.js';
import type { FieldSource, OperationSource } from '../profiles/operation-schema.js';
import type { ProfileSource } from '../profiles/schema.js';
import { type Text, text } from '../texts/text.js';
import type { Lesson } from './lesson.js';
import { closestName } from './new-name.js';
import { isRecord, renameField } from './place.js';

/** The platform accepts a request that the profile refuses because of a field. */
export const learnRefusedField: Lesson<'request-field-refused'> = (source, difference) => {
  const { operation: name = '', place = '', platform: sent } = difference;
  if (place.startsWith(inHeader)) return allowMissingHeader(source, place.slice(inHeader.length));
  const operation = source.operations[name];
  const key = fieldOf(place);
  const field = operation?.request[key];
  if (operation === undefined || field === undefined) return text('unlearned-place', { place });
  if (sent === undefined) return allowMissing(field);
  const unread = unreadFields(field, sent);
  if (unread === undefined) return allowValue(field, sent, place);
  const other = nameFor(operation, key, unread);
  return other === undefined ? allowMissing(field) : rename(operation, key, other);
};

/** The platform refuses a request because of a field, and the profile accepts it. */
export const learnAcceptedField: Lesson<'request-field-accepted'> = (source, difference) => {
  const { operation: name = '', place = '', emulator: sent } = difference;
  const operation = source.operations[name];
  const key = fieldOf(place);
  if (operation === undefined) return text('unlearned-place', { place });
  const field = operation.request[key];
  if (field === undefined) {
    // The profile reads no such field, so it is another name for one that it reads.
    const known = closestName(key, Object.keys(operation.request));
    return known === undefined ? text('unlearned-limit', { place }) : rename(operation, known, key);
  }
  const unread = unreadFields(field, sent);
  if (sent !== undefined && unread === undefined) return text('unlearned-limit', { place });
  const other = unread && closestName(key, Object.keys(unread));
  if (other !== undefined) return rename(operation, key, other);
  field.required = true;
  return undefined;
};

/** If a field is missing, the difference has the fields that the profile does not read. */
function unreadFields({ type }: FieldSource, sent: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(sent) && type !== 'text' && type !== 'any' ? sent : undefined;
}

const inHeader = 'header ';

function allowMissingHeader(source: ProfileSource, name: string): Text | undefined {
  const { required } = source.headers;
  if (!required.some((own) => own.toLowerCase() === name.toLowerCase())) return text('unlearned-header', { place: name });
  source.headers.required = required.filter((own) => own.toLowerCase() !== name.toLowerCase());
  return undefined;
}

function fieldOf(place: string): string {
  return place.replace(/^request\./, '');
}

/** Gives a field another name. The engine knows it by its old one. */
function rename(operation: OperationSource, key: string, name: string): undefined {
  const field = operation.request[key] as FieldSource;
  if (field.as === undefined && Object.hasOwn(fieldTypes, key)) field.as = key;
  renameField(operation.request, key, name);
  return undefined;
}

/** The field of a request that is another name for one that the profile reads. */
function nameFor({ request }: OperationSource, key: string, unread: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.entries(unread).flatMap(([name, value]) => (fits(request[key] as FieldSource, value) ? [name] : []));
  return names.length === 1 ? names[0] : closestName(key, names);
}

function fits({ type = 'string', enum: values, aliases = {} }: FieldSource, sent: unknown): boolean {
  if (values !== undefined) return [...values, ...Object.keys(aliases)].includes(String(sent));
  return type === 'any' || type === 'list' || typeof sent === 'string';
}

/** The check of the whole profile finds out if the verb needs the field. */
function allowMissing(field: FieldSource): undefined {
  if (field.required === 'strict') field.required = false;
  else delete field.required;
}

function allowValue(field: FieldSource, sent: unknown, place: string): Text | undefined {
  if (typeof sent !== 'string') {
    if (field.type === 'any') return text('unlearned-limit', { place });
    field.type = Array.isArray(sent) ? 'list' : 'text';
    return undefined;
  }
  const { max, form, enum: values, pattern } = field;
  if (max !== undefined && sent.length > max) field.max = sent.length;
  else if (form === 'id' && /[@#?]/.test(sent)) delete field.form;
  else if (values !== undefined && !values.includes(sent)) return allowWord(field, values, sent, place);
  else if (pattern !== undefined && !new RegExp(pattern, 'u').test(sent)) {
    delete field.pattern;
    delete field.hint;
  } else return text('unlearned-limit', { place });
  return undefined;
}

/** A word that is another spelling of one that the profile knows, or a new one. */
function allowWord(field: FieldSource, values: readonly string[], sent: string, place: string): Text | undefined {
  const plain = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, '');
  const same = values.find((value) => plain(value) === plain(sent));
  if (same !== undefined) field.aliases = { ...field.aliases, [sent]: same };
  else if (values.includes('AUTHORIZATION_CODE')) return text('unlearned-grant-type', { place, sent });
  else field.enum = [...values, sent];
  return undefined;
}
