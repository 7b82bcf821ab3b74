import type { ErrorCode, YAMLError } from 'yaml';
import { type Text, type TextCode, text } from '../texts/text.js';

const mistakes = {
  ALIAS_PROPS: 'yaml-alias-wrong',
  BAD_ALIAS: 'yaml-alias-wrong',
  MULTIPLE_ANCHORS: 'yaml-alias-wrong',
  BAD_DIRECTIVE: 'yaml-directive-wrong',
  BAD_DQ_ESCAPE: 'yaml-escape-unknown',
  BAD_INDENT: 'yaml-indent-wrong',
  TAB_AS_INDENT: 'yaml-tab',
  BAD_SCALAR_START: 'yaml-start-wrong',
  BLOCK_AS_IMPLICIT_KEY: 'yaml-key-wrong',
  KEY_OVER_1024_CHARS: 'yaml-key-wrong',
  MULTILINE_IMPLICIT_KEY: 'yaml-key-wrong',
  NON_STRING_KEY: 'yaml-key-wrong',
  DUPLICATE_KEY: 'yaml-key-twice',
  MISSING_CHAR: 'yaml-character-missing',
  BLOCK_IN_FLOW: 'yaml-block-in-brackets',
  MULTIPLE_DOCS: 'yaml-several-documents',
  BAD_COLLECTION_TYPE: 'yaml-tag-wrong',
  BAD_PROP_ORDER: 'yaml-tag-wrong',
  MULTIPLE_TAGS: 'yaml-tag-wrong',
  TAG_RESOLVE_FAILED: 'yaml-tag-wrong',
  RESOURCE_EXHAUSTION: 'yaml-nested-too-deeply',
  UNEXPECTED_TOKEN: 'yaml-unexpected',
  IMPOSSIBLE: 'yaml-unexpected',
} as const satisfies Record<ErrorCode, TextCode>;

/** A mistake in YAML, in our words: those of the parser are in English. */
export function yamlProblem({ code, message }: YAMLError): Text {
  // The codes do not tell the two most frequent mistakes apart from others.
  if (code === 'MISSING_CHAR' && message.startsWith('Missing closing')) return text('yaml-quote-open', { code });
  if (message.startsWith('Flow ')) return text('yaml-bracket-open', { code });
  return text(mistakes[code], { code });
}

/** The reason why the values of a document cannot be written as JSON. The parser has no codes for it. */
export function aliasProblem({ message, name }: Error): Text {
  if (message.startsWith('Excessive alias count')) return text('yaml-too-many-aliases');
  if (name !== 'ReferenceError') return text('yaml-circle');
  return text('yaml-alias-unknown', { name: message.slice(message.lastIndexOf(' ') + 1) });
}
