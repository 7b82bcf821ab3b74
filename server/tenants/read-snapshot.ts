import { depthOf } from '../schemas/depth.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { Snapshot } from './snapshot-schema.js';

/** The deepest nesting of objects and lists. Records are checked recursively. */
const maxDepth = 100;

/** Reads the content of a snapshot's file. @throws TextError that says what is wrong, and where */
export function readSnapshot(content: string): Snapshot {
  const snapshot = parse(content);
  if (typeof snapshot !== 'object' || snapshot === null || !('consents' in snapshot))
    throw new TextError(
      text(typeof snapshot === 'object' && snapshot !== null && 'report' in snapshot ? 'snapshot-is-report' : 'snapshot-is-none'),
    );
  const problem = findProblem(Snapshot, snapshot);
  if (problem !== undefined) throw new TextError(problemText(problem, 'the-file'));
  return snapshot as Snapshot;
}

function parse(content: string): unknown {
  try {
    if (depthOf(content) <= maxDepth) return JSON.parse(content);
  } catch {
    // Most often, the end of the file is missing.
  }
  throw new TextError(text('snapshot-not-json'));
}
