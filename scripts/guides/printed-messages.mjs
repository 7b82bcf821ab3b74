import { parseSync } from '@swc/core';
import { argumentsOf, find, isFunction, nameOf, returnedBy, scopeOf, walk } from './syntax-tree.mjs';

/** Functions that get a message, besides the constructors of errors. */
const receivers =
  /^(.*\.)?(fail|failure|sendError|warn)$|^(.*\.)?(log|logger|console)\.error$|^process\.stderr\.write$|^problems\.add$/;
/** Functions that return a message. */
const makers = /(Problem|Warnings?)$/;

/**
 * Finds the messages in a source file: each text that an error is made with, that a warning or an error of a log says, that is the
 * `message` of an object, or that a function returns whose name ends in Problem or Warnings. The text may come through a constant, a
 * parameter or a function of the same file. A text in `${}` counts by itself. A single word, such as a code, is no message.
 *
 * @param {string} source
 * @param {'typescript' | 'ecmascript'} syntax
 * @returns {string[]} with `…` in place of each value
 */
export function printedMessages(source, syntax) {
  const steps = [...walk(parseSync(source, { syntax }))];
  const calls = steps.filter(({ node }) => node.type === 'CallExpression');
  const texts = steps.flatMap(({ node, scopes }) =>
    printedBy(node).flatMap((expression) => [...textsIn(expression, { scopes, calls, seen: new Set() })]),
  );
  const messages = texts.map(withOneEllipsis);
  return [...new Set(messages)].filter((text) => /\p{L}.*\s.*\p{L}/u.test(text)).sort();
}

/** All texts in a source file, with `…` in place of each value. */
export function literalTexts(source, syntax) {
  const nodes = [...walk(parseSync(source, { syntax }))].map(({ node }) => node);
  return nodes.flatMap((node) => ownText(node) ?? []).map(withOneEllipsis);
}

/** The text that is written here. Undefined for other expressions. */
function ownText({ type, value, quasis }) {
  if (type === 'StringLiteral') return value;
  return type === 'TemplateLiteral' ? quasis.map(({ cooked }) => cooked).join('…') : undefined;
}

function withOneEllipsis(text) {
  return text.replace(/…( ?…)+/g, '…').trim();
}

/** The expressions whose text a node prints. */
function printedBy(node) {
  if (node.type === 'NewExpression' && nameOf(node.callee).endsWith('Error')) return argumentsOf(node);
  if (node.type === 'KeyValueProperty' && node.key.value === 'message') return [node.value];
  if (node.type === 'CallExpression' && receivers.test(nameOf(node.callee))) return argumentsOf(node);
  if (node.type === 'VariableDeclarator' && node.init && isFunction(node.init))
    return makers.test(node.id.value) ? returnedBy(node.init) : [];
  return isFunction(node) && makers.test(nameOf(node)) ? returnedBy(node) : [];
}

/**
 * The texts that an expression can be.
 * @param {{ scopes: Map<string, object>[], calls: { node: object, scopes: Map<string, object>[] }[], seen: Set<object> }} place
 */
function* textsIn(node, place) {
  if (place.seen.has(node)) return;
  const inner = { ...place, seen: new Set([...place.seen, node]) };
  const own = ownText(node);
  if (own !== undefined) yield own;
  switch (node.type) {
    case 'TemplateLiteral':
      for (const expression of node.expressions) yield* textsIn(expression, inner);
      return;
    case 'Identifier':
      yield* textsOfName(node.value, inner);
      return;
    case 'CallExpression':
      yield* textsOfCall(node, inner);
      return;
    default:
      for (const part of partsOf(node)) yield* textsIn(part, inner);
  }
}

/** The expressions one of which an expression is, or that it joins. */
function partsOf({ type, expression, left, right, operator, consequent, alternate, elements }) {
  switch (type) {
    case 'ParenthesisExpression':
    case 'TsAsExpression':
    case 'TsNonNullExpression':
      return [expression];
    case 'ConditionalExpression':
      return [consequent, alternate];
    case 'BinaryExpression':
      return ['+', '??', '||', '&&'].includes(operator) ? [left, right] : [];
    case 'ArrayExpression':
      return elements.map((element) => element.expression);
    default:
      return [];
  }
}

function* textsOfName(name, { scopes, calls, seen }) {
  const { value, parameterOf, index, scopes: declared } = find(name, scopes);
  if (value !== undefined && !isFunction(value)) yield* textsIn(value, { scopes: declared, calls, seen });
  if (parameterOf === undefined) return;
  const called = nameOf(parameterOf);
  for (const { node, scopes } of calls) {
    const given = argumentsOf(node)[index];
    if (given !== undefined && [called, `this.${called}`].includes(nameOf(node.callee)))
      yield* textsIn(given, { scopes, calls, seen });
  }
}

/** The texts that a function of the file returns, also for each item of a list. Another function passes on the texts that it is called with or on. */
function* textsOfCall(node, { scopes, calls, seen }) {
  const { value, scopes: declared } = find(nameOf(node.callee), scopes);
  const called = value ?? argumentsOf(node).find(isFunction);
  if (called === undefined || !isFunction(called)) {
    for (const given of [node.callee.object, ...argumentsOf(node)]) if (given) yield* textsIn(given, { scopes, calls, seen });
    return;
  }
  const around = [scopeOf(called), ...(declared ?? scopes)];
  for (const returned of returnedBy(called)) yield* textsIn(returned, { scopes: around, calls, seen });
}
