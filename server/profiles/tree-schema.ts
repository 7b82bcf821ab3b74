import Type from 'typebox';
import { Dictionary } from '../schemas/common.js';

/** A JSON tree: the form of an answer or a notification. `tree.ts` compiles it. */
export const Tree = Dictionary(Type.Unknown(), { description: 'a JSON tree' });
