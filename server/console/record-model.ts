import { catalogue, phrase } from '../pages/catalogues.js';
import { valueInWords } from '../pages/value-text.js';
import type { RecordName } from '../tenants/records.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Text } from '../texts/text.js';
import { inLanguage } from '../texts/write-text.js';
import type { Form } from './after-action.js';
import { type FieldGroup, idFields, type RecordField, recordFields } from './record-fields.js';
import { fieldsOf, writeField } from './record-form.js';

export interface ShownRecord {
  kind: RecordName;
  adding: boolean;
  record: object;
  /** The typed values, if the form was refused. */
  typed?: Form;
  /** Begins with the field. */
  problem?: Text | undefined;
}

/** A form for a record: its groups of fields, each with its value and its problem. */
export function recordModel(tenant: Tenant, { kind, adding, record, typed, problem: found }: ShownRecord, lang: string) {
  const form = { fields: fieldsOf(kind, adding), record, typed, problem: found };
  const id: RecordField[] = adding ? [{ name: idFields[kind], kind: 'text', required: true }] : [];
  const groups = recordFields[kind].map((group, index) => (index === 0 ? { ...group, fields: [...id, ...group.fields] } : group));
  return formModel(tenant, groups, form, lang);
}

export interface ShownForm {
  fields: readonly RecordField[];
  record: object;
  /** The typed values, if the form was refused. */
  typed?: Form | undefined;
  /** Begins with the field. */
  problem?: Text | undefined;
}

/** The groups of fields of a form, each field with its value and its problem. */
export function formModel(
  tenant: Tenant,
  groups: readonly FieldGroup[],
  { fields, record, typed, problem: found }: ShownForm,
  lang: string,
) {
  const problem = found && inLanguage(found, lang);
  const wrong = problem === undefined ? undefined : fieldWith(problem, fields);
  const field = (shown: RecordField) => {
    const value = typed === undefined ? writeField(shown, record) : typedValue(shown, typed);
    const { name } = shown;
    return {
      name,
      id: fieldId(name),
      kind: shown.kind,
      required: shown.required === true,
      label: phrase(catalogue(lang), `record.fields.${name}`) ?? name,
      hint: phrase(catalogue(lang), `record.hints.${name.split('.').at(-1)}`),
      value,
      options: optionsOf(tenant, shown, value, lang),
      problem: name === wrong ? problem : undefined,
    };
  };
  return {
    groups: groups.map((group) => ({
      title: phrase(catalogue(lang), `record.groups.${group.name}`),
      fields: group.fields.map(field),
      open: group.open === true || group.fields.some((shown) => shown.name === wrong),
    })),
    problem,
    problemId: wrong === undefined ? undefined : fieldId(wrong),
  };
}

/** The id of a field's element. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`;
}

function typedValue({ name, kind }: RecordField, typed: Form): string | string[] {
  const value = [typed[name] ?? []].flat();
  return kind === 'flags' ? value : (value[0] ?? '');
}

/** Values of the record that are no option of the tenant's wallet stay options. */
function optionsOf(tenant: Tenant, { name, options, kind }: RecordField, value: string | string[], lang: string) {
  const field = kind === 'boolean' ? kind : (name.split('.').at(-1) ?? name);
  const chosen = [value].flat();
  const known = options?.(tenant) ?? (kind === 'boolean' ? [{ value: 'true' }, { value: 'false' }] : []);
  const others = kind === 'flags' ? chosen.filter((item) => !known.some((option) => option.value === item)) : [];
  return [...known, ...others.map((item) => ({ value: item, text: undefined }))].map((option) => ({
    value: option.value,
    text: option.text ?? valueInWords(field, option.value, lang),
    chosen: chosen.includes(option.value),
  }));
}

/** The field that a problem is about: the longest path that the problem's path begins with, or that is below it. */
export function fieldWith(problem: string, fields: readonly RecordField[]): string | undefined {
  const path = /^([\w.]+):/.exec(problem)?.[1] ?? '';
  const isIn = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);
  return fields.map(({ name }) => name).find((name) => isIn(path, name) || (path !== '' && isIn(name, path)));
}
