import type { Difference } from '../comparison/difference.js';
import { formOf } from '../comparison/forms.js';
import { parentOf } from '../comparison/leaves.js';
import type { ProfileSource } from '../profiles/schema.js';
import { type Text, text } from '../texts/text.js';
import { inForm, readReference, writeReference } from './converters-of.js';
import type { Lesson } from './lesson.js';
import { type Constant, constantFor } from './literal.js';
import { findNewName } from './new-name.js';
import { findSlots, isRecord, readsUser, renameField, type Slot } from './place.js';
import { isToken, learnTokenForm } from './token-lessons.js';

/** A field that the platform lacks, or that has another name there. */
export const learnMissingField: Lesson<'response-field-missing'> = (source, difference, all) => {
  const { operation = '', place = '' } = difference;
  const slots = findSlots(source, operation, place);
  if (slots.length === 0) return text('unlearned-place', { place });
  const name = findNewName(difference, all);
  for (const { parent, key } of slots) {
    if (name !== undefined) renameField(parent, key, name);
    else if (key === '$item') return text('unlearned-items', { place });
    else delete parent[key];
  }
  return undefined;
};

/** A field that only the platform has. If it is another name for one that is missing there, `learnMissingField` has renamed it. */
export const learnExtraField: Lesson<'response-field-extra'> = (source, difference) => {
  const { operation = '', place = '' } = difference;
  return findSlots(source, operation, place).length > 0 ? undefined : addConstant(source, difference);
};

/** Adds a field with the value that the platform sends, if that is a constant. @returns why no data can close the difference */
export function addConstant(source: ProfileSource, difference: Difference): Text | undefined {
  const { operation = '', place = '' } = difference;
  const constant = constantFor(difference);
  if ('reason' in constant) return constant.reason;
  const { parent, key } = parentOf(place);
  return addField(source, operation, parent, key, constant.tree) ? undefined : text('unlearned-place', { place });
}

/** Adds a field to the object at a place. @returns false if the profile cannot add one there */
function addField(source: ProfileSource, operation: string, place: string, key: string, tree: unknown): boolean {
  if (key.startsWith('$')) return false;
  const own = source.operations[operation];
  if (own === undefined) return false;
  const slots =
    place === 'response'
      ? [{ parent: own as object as Record<string, unknown>, key: 'response' }]
      : findSlots(source, operation, place);
  const objects = slots.map(objectIn).filter((object) => object !== undefined);
  for (const object of objects) object[key] = tree;
  return objects.length > 0;
}

/** The object that a field's tree builds. The user's data gets one around it. */
function objectIn({ parent, key }: Slot): Record<string, unknown> | undefined {
  const tree = parent[key];
  if (readsUser(tree)) {
    const around: Record<string, unknown> = { $flatten: tree };
    parent[key] = around;
    return around;
  }
  return isRecord(tree) && !('$each' in tree) && !('$from' in tree) ? tree : undefined;
}

export const learnFieldForm: Lesson<'response-field-form'> = (source, difference) => {
  const { operation = '', place = '', platform, emulator, scopes } = difference;
  return changeTrees(findSlots(source, operation, place, scopes), place, (tree) => {
    const reference = readReference(tree);
    if (reference === undefined) return typeof tree === 'string' ? constantFor(difference) : undefined;
    if (isToken(reference)) return learnTokenForm(source, platform) ? { tree } : undefined;
    const changed = inForm(reference, platform, emulator);
    const offset = /[+-]\d\d:\d\d$/.exec(platform)?.[0];
    if (offset !== undefined && changed?.converters.some((name) => name.startsWith('time'))) source.timeOffset = offset;
    return changed && { tree: writeReference(changed) };
  });
};

export const learnFieldType: Lesson<'response-field-type'> = (source, difference) => {
  const { operation = '', place = '', platform, emulator, scopes } = difference;
  return changeTrees(findSlots(source, operation, place, scopes), place, (tree) => {
    const reference = readReference(tree);
    if (reference === undefined) return isRecord(tree) ? undefined : constantFor(difference);
    // A time that is a number is also written in another form.
    const isOtherForm = typeof platform === 'number' && typeof emulator === 'string' && formOf(emulator).kind === 'time';
    const before = isOtherForm ? inForm(reference, String(platform), emulator) : reference;
    const converter = converterTo(platform, emulator);
    if (before === undefined || converter === undefined) return undefined;
    return { tree: writeReference({ ...before, converters: [...before.converters, converter] }) };
  });
};

/** The converter from the emulator's type to the platform's. */
function converterTo(platform: unknown, emulator: unknown): string | undefined {
  const isText = typeof platform === 'string';
  if (isText && typeof emulator === 'object' && formOf(platform).kind === 'json') return 'json';
  if (Array.isArray(emulator)) return Array.isArray(platform) ? undefined : 'first';
  if (typeof platform === 'number') return 'number';
  return isText && typeof emulator !== 'object' ? 'text' : undefined;
}

/** @param change returns undefined if no tree gives what the platform sends */
function changeTrees(slots: readonly Slot[], place: string, change: (tree: unknown) => Constant | undefined): Text | undefined {
  if (slots.length === 0) return text('unlearned-place', { place });
  for (const { parent, key } of slots) {
    const changed = change(parent[key]);
    if (changed === undefined) return text('unlearned-form', { place });
    if ('reason' in changed) return changed.reason;
    parent[key] = changed.tree;
  }
  return undefined;
}
