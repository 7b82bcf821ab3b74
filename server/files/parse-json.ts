import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { findJsonProblem, type JsonProblem } from './find-json-problem.js';

/**
 * Reads JSON. Its errors are our own, because those of JSON.parse are in English, differ between versions of Node, and quote the text,
 * which may hold secrets.
 * @throws TextError with line, column and the mistake
 */
export function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    const { line, column, problem } = findJsonProblem(written) as JsonProblem;
    throw new TextError(text('at-line-and-column', { line, column, problem }), { cause: error });
  }
}
