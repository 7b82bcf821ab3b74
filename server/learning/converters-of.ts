import { type Form, formOf } from '../comparison/forms.js';

/** A reference of a tree: `$user.birthday | epoch-ms` is the variable `$user.birthday` and the converter `epoch-ms`. */
export interface Reference {
  variable: string;
  converters: readonly string[];
}

/** @returns undefined if a tree is no reference */
export function readReference(tree: unknown): Reference | undefined {
  if (typeof tree !== 'string' || !tree.startsWith('$') || tree.startsWith('$$')) return undefined;
  const [variable = '', ...converters] = tree.split('|').map((part) => part.trim());
  return { variable, converters };
}

export function writeReference({ variable, converters }: Reference): string {
  return [variable, ...converters].join(' | ');
}

const timeConverters = new Set(['time', 'time-ms', 'time-utc', 'time-utc-ms', 'epoch-ms', 'epoch-s']);
const hidingConverters = new Set(['mask', 'hash']);

/**
 * The reference that writes a value in the platform's form.
 * @param platform what the platform sends
 * @param emulator what the reference fills in
 * @returns undefined if no converter writes this form
 */
export function inForm(reference: Reference, platform: string, emulator: string): Reference | undefined {
  const [wanted, own] = [formOf(platform), formOf(emulator)];
  const without = (names: ReadonlySet<string>) => reference.converters.filter((name) => !names.has(name));
  const withLast = (names: ReadonlySet<string>, name: string) => ({ ...reference, converters: [...without(names), name] });
  const time = timeConverterOf(wanted);
  if (time !== undefined) return isTime(own) ? withLast(timeConverters, time) : undefined;
  if (wanted.kind === 'masked') return withLast(hidingConverters, 'mask');
  if (wanted.kind === 'hash' && wanted.digits === 64 && wanted.letters === 'lower') return withLast(hidingConverters, 'hash');
  if (own.kind === 'masked' || own.kind === 'hash') return { ...reference, converters: without(hidingConverters) };
  if (own.kind === 'two-letters' && ['text', 'word'].includes(wanted.kind)) return withLast(new Set(), 'country-name');
  if (wanted.kind === 'two-letters' && reference.converters.includes('country-name'))
    return { ...reference, converters: without(new Set(['country-name'])) };
  return undefined;
}

function isTime({ kind }: Form): boolean {
  return kind === 'time' || kind === 'epoch-ms' || kind === 'epoch-s' || kind === 'date';
}

/** The converter that writes a time in this form, apart from its offset. */
function timeConverterOf(form: Form): string | undefined {
  if (form.kind === 'epoch-ms' || form.kind === 'epoch-s') return form.kind;
  if (form.kind !== 'time') return undefined;
  const inOffset = form.offset === 'Z' ? 'time-utc' : 'time';
  if (form.fraction === 3) return `${inOffset}-ms`;
  return form.fraction === 0 ? inOffset : undefined;
}
