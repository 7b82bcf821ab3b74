/** Reads the syntax tree of `@swc/core`: the functions in it, and what a name stands for. */

const functionTypes = [
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'MethodProperty',
  'Constructor',
];

export function isFunction({ type }) {
  return functionTypes.includes(type);
}

/** All nodes, each with the names of the functions around it, the innermost first. */
export function* walk(node, scopes = []) {
  if (typeof node !== 'object' || node === null) return;
  const inner = node.type === 'Module' || isFunction(node) ? [scopeOf(node), ...scopes] : scopes;
  if (node.type !== undefined) yield { node, scopes: inner };
  for (const child of Object.values(node)) yield* walk(child, inner);
}

/** The nodes of a function without those of the functions in it. */
function* ownNodes(node) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type !== undefined) yield node;
  if (!isFunction(node)) for (const child of Object.values(node)) yield* ownNodes(child);
}

/** Name → the value that it is declared with, or the parameter that it is. */
export function scopeOf(owner) {
  const { params = [], body } = owner.function ?? owner;
  const names = new Map();
  params.forEach((param, index) => {
    const pattern = param.pat ?? param;
    names.set((pattern.left ?? pattern).value, { parameterOf: owner, index });
  });
  for (const node of ownNodes(body)) {
    if (node.type === 'FunctionDeclaration') names.set(node.identifier.value, { value: node });
    if (node.type === 'VariableDeclarator' && node.init) names.set(node.id.value, { value: node.init });
    // Each of the values.
    if (node.type === 'ForOfStatement' && node.left.declarations)
      names.set(node.left.declarations[0].id.value, { value: node.right });
  }
  return names;
}

/** The scopes from the one that declares a name on, and what the name stands for there. */
export function find(name, scopes) {
  const at = scopes.findIndex((scope) => scope.has(name));
  return at < 0 ? {} : { ...scopes[at].get(name), scopes: scopes.slice(at) };
}

/** The values that a function returns. */
export function returnedBy(fn) {
  const { body } = fn.function ?? fn;
  if (body?.stmts === undefined) return body ? [body] : [];
  return [...ownNodes(body)].flatMap(({ type, argument }) => (type === 'ReturnStatement' && argument ? [argument] : []));
}

export function argumentsOf({ arguments: given }) {
  return (given ?? []).map(({ expression }) => expression);
}

/** `log.warn` for `log.warn`, also with `?.`; `this.warn` for `this.#warn`. */
export function nameOf(node) {
  if (node.type === 'MemberExpression') return `${nameOf(node.object)}.${nameOf(node.property)}`;
  if (node.type === 'OptionalChainingExpression') return nameOf(node.base);
  if (node.type === 'ThisExpression') return 'this';
  return node.value ?? node.identifier?.value ?? node.key?.value ?? '';
}
