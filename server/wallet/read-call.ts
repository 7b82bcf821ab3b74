import Type from 'typebox';
import { Dictionary } from '../schemas/common.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { inEnglish } from '../texts/write-text.js';

const CallBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64, description: 'the JSAPI' }),
  params: Type.Optional(Dictionary(Type.Unknown())),
  appId: Type.Optional(Type.Union([Type.String({ maxLength: 128 }), Type.Null()])),
  gesture: Type.Optional(Type.Boolean()),
  ancestors: Type.Optional(Type.Array(Type.String({ maxLength: 256 }), { maxItems: 16 })),
  lang: Type.Optional(Type.String({ maxLength: 64 })),
});

/** A call as the bridge posts it. */
export type CallBody = Type.Static<typeof CallBody>;

/** @returns the call, or what is wrong with the body */
export function readCall(body: unknown): { call: CallBody } | { problem: string } {
  const problem = findProblem(CallBody, body);
  if (problem !== undefined) return { problem: inEnglish(problemText(problem, 'the-body')) };
  if (!canBeSerialized(body)) return { problem: 'params: expected less nesting' };
  return { call: body as CallBody };
}

/** JSON.parse accepts deeper nesting than JSON.stringify, and the journal stores the call as JSON. */
export function canBeSerialized(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
