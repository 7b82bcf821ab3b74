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
    throw problemAt(findJsonProblem(written) as JsonProblem, error);
  }
}

/**
 * Reads JSON that a person wrote, and refuses an object that has a field twice.
 * @throws TextError with line, column and the mistake
 */
export function parseWrittenJson(written: string): unknown {
  const content = parseJson(written);
  const problem = findJsonProblem(written, true);
  if (problem !== undefined) throw problemAt(problem);
  return content;
}

function problemAt({ line, column, problem }: JsonProblem, cause?: unknown): TextError {
  return new TextError(text('at-line-and-column', { line, column, problem }), cause === undefined ? {} : { cause });
}
