import { text } from '../texts/text.js';
import type { Lesson } from './lesson.js';
import { findNewName } from './new-name.js';
import { findSlots, isRecord, renameField, stepsOf } from './place.js';
import { addConstant } from './response-lessons.js';

/** A field of the user that only one side reads for these scopes. */
export const learnReads: Lesson<'scope-reads'> = (source, difference, all) => {
  const { operation = '', place = '', emulator, scopes } = difference;
  if (emulator === undefined) {
    // The other name of a field that is missing: the lesson of that one gives the name to it.
    if (findSlots(source, operation, place, scopes).length > 0) return undefined;
    return addConstant(source, difference);
  }
  const name = findNewName(difference, all);
  // A name belongs to the field, whatever scope reads it; what a scope does not read can be read by another one.
  const slots = findSlots(source, operation, place, name === undefined ? scopes : undefined);
  if (slots.length === 0) return text('unlearned-place', { place });
  for (const slot of slots) {
    if (name !== undefined) renameField(slot.parent, slot.key, name);
    else if (slot.key === '$item') return text('unlearned-items', { place });
    else delete slot.parent[slot.key];
  }
  return undefined;
};

/** The order of a list by the value of one member. */
export const learnOrder: Lesson<'array-order'> = (source, { operation = '', place = '', platform, scopes }) => {
  const steps = stepsOf(place);
  const list = place.slice(0, place.lastIndexOf('[]'));
  const [member = ''] = steps.slice(-1);
  const slots = findSlots(source, operation, list, scopes).flatMap(({ parent, key }) => {
    const tree = parent[key];
    return isRecord(tree) && '$each' in tree && !('$where' in tree) ? [tree] : [];
  });
  if (slots.length === 0) return text('unlearned-order', { place });
  for (const tree of slots) tree.$order = { [memberOfUser(tree, member)]: platform };
  return undefined;
};

/** The order goes by the user's own member, which the answer may call by another name. */
function memberOfUser(tree: Record<string, unknown>, member: string): string {
  const reference = isRecord(tree.$item) ? tree.$item[member] : undefined;
  return /^\$item\.(\w+)/.exec(String(reference))?.[1] ?? member;
}
