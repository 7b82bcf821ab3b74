import { isJson } from '../files/is-json.js';
import { depthOf } from '../schemas/depth.js';

/** A value of a JSON text, for a page that folds objects and lists. */
export interface JsonNode {
  /** The name in an object, as it was written, with its quotes. */
  key?: string;
  /** A value that is not folded, as it was written: a number keeps all its digits. */
  text?: string;
  kind: 'string' | 'literal' | 'object' | 'list';
  children?: JsonNode[];
  open?: string;
  close?: string;
  /** True if a comma follows. */
  comma: boolean;
}

/** Deeper JSON is shown as text: every level is a nested element of the page. */
const maxDepth = 40;
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Reads a JSON object or list. @returns undefined if the text is no such JSON, or is nested too deeply */
export function jsonTree(text: string): JsonNode | undefined {
  if (!/^\s*[[{]/.test(text) || depthOf(text) > maxDepth || !isJson(text)) return undefined;
  const rest = (text.match(tokens) ?? []).values();
  return readValue(next(rest), rest);
}

/** Reads the value that begins with a token. The text is valid JSON, so the tokens need no check. */
function readValue(token: string, rest: Iterator<string>): JsonNode {
  if (token === '{' || token === '[') return readFolded(token, rest);
  return { kind: token.startsWith('"') ? 'string' : 'literal', text: token, comma: false };
}

function readFolded(open: '{' | '[', rest: Iterator<string>): JsonNode {
  const close = open === '{' ? '}' : ']';
  const kind = open === '{' ? 'object' : 'list';
  const children: JsonNode[] = [];
  for (let token = next(rest); token !== close; token = next(rest)) {
    const last = children.at(-1);
    if (token === ',' && last !== undefined) last.comma = true;
    else if (kind === 'list') children.push(readValue(token, rest));
    else {
      // The token after the key is the colon.
      next(rest);
      children.push({ key: token, ...readValue(next(rest), rest) });
    }
  }
  return children.length === 0 ? { kind, text: open + close, comma: false } : { kind, open, close, children, comma: false };
}

function next(tokens: Iterator<string>): string {
  return String(tokens.next().value);
}
