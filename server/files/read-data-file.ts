import { isNode, LineCounter, parseDocument } from 'yaml';
import { depthOf } from '../schemas/depth.js';
import { type Text, text } from '../texts/text.js';
import { FileError, maxDepth, readJsonFile, readTextFile } from './read-file.js';
import { aliasProblem, yamlProblem } from './yaml-problem.js';

/** The extensions of the files that hold data, in the order in which they are looked for. */
export const dataExtensions = ['.json', '.yaml', '.yml'] as const;

/** The content of a JSON or YAML file. */
export interface DataFile {
  content: unknown;
  /**
   * The place of a value in English, such as `line 3, column 5: `. It is empty for JSON, because the path of the field tells enough.
   * @param steps the names and indexes that lead to the value. If it does not exist, the place is that of the closest value around it
   */
  placeOf(steps: readonly string[]): string;
  /** A problem with the place of its value: `line 3, column 5: expected a string`. For JSON, it is the problem alone. */
  placed(steps: readonly string[], problem: Text): Text;
}

/**
 * Reads a JSON file, or a YAML file by its extension. YAML is version 1.2, with merge keys, and has only values that JSON has.
 * @throws FileError with line and column if the file is neither
 */
export function readDataFile(path: string): DataFile {
  return /\.ya?ml$/.test(path)
    ? readYamlFile(path)
    : { content: readJsonFile(path), placeOf: () => '', placed: (_, problem) => problem };
}

function readYamlFile(path: string): DataFile {
  const written = readTextFile(path);
  if (written.trim() === '') throw new FileError(path, text('yaml-expected', { problem: text('file-empty') }));
  const lineCounter = new LineCounter();
  const at = (offset: number) => {
    const { line, col: column } = lineCounter.linePos(offset);
    return { line, column };
  };
  const document = parseDocument(written, { lineCounter, merge: true, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const problem = text('at-line-and-column', { ...at(error.pos[0]), problem: yamlProblem(error) });
    throw new FileError(path, text('yaml-expected', { problem }), error);
  }
  const content = toJson(path, () => document.toJS());
  const find = (steps: readonly string[]): ReturnType<typeof at> | undefined => {
    const node = steps.length === 0 ? document.contents : document.getIn(steps, true);
    if (isNode(node) && node.range) return at(node.range[0]);
    return steps.length === 0 ? undefined : find(steps.slice(0, -1));
  };
  const placeOf = (steps: readonly string[]) => {
    const found = find(steps);
    return found === undefined ? '' : `line ${found.line}, column ${found.column}: `;
  };
  const placed = (steps: readonly string[], problem: Text) => {
    const found = find(steps);
    return found === undefined ? problem : text('at-line-and-column', { ...found, problem });
  };
  return { content, placeOf, placed };
}

/** The values as JSON has them. @throws FileError if aliases make them endless or too large, or if they are nested too deeply */
function toJson(path: string, content: () => unknown): unknown {
  let json: string;
  try {
    json = JSON.stringify(content());
  } catch (error) {
    throw new FileError(path, text('yaml-not-as-json', { problem: aliasProblem(error as Error) }), error);
  }
  if (depthOf(json) > maxDepth) throw new FileError(path, text('yaml-too-deep', { max: maxDepth }));
  return JSON.parse(json);
}
