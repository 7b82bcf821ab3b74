import { checkOperation } from './check-operation.js';
import { withErrorPath } from './error-path.js';
import { compileFields } from './fields.js';
import type { Operation } from './profile.js';
import type { OperationSource, ProfileSource } from './schema.js';
import { compileTree } from './tree.js';
import { responseVariables } from './tree-variables.js';

/** Compiles the operations. @returns full path → operation @throws Error that names the field and what was expected */
export function compileOperations(source: ProfileSource): Map<string, Operation> {
  const byPath = new Map<string, Operation>();
  for (const [name, operation] of Object.entries(source.operations)) {
    const at = `operations.${name}`;
    if (operation.scope !== undefined && !Object.hasOwn(source.scopes, operation.scope))
      throw new Error(`${at}.scope: expected one of the profile's scopes, got ${operation.scope}`);
    const compiled = compileOperation(name, operation, fullPaths(source, operation), source.strict);
    for (const path of compiled.paths) {
      const other = byPath.get(path);
      if (other !== undefined) throw new Error(`${at}.paths: ${path} belongs to ${other.name} already`);
      byPath.set(path, compiled);
    }
  }
  return byPath;
}

/** Every combination of prefix, path and ending. */
function fullPaths({ prefixes = [''], endings = [] }: ProfileSource, { paths }: OperationSource): string[] {
  return prefixes.flatMap((prefix) => ['', ...endings].flatMap((ending) => paths.map((path) => prefix + path + ending)));
}

function compileOperation(name: string, operation: OperationSource, paths: readonly string[], strict: boolean): Operation {
  const at = `operations.${name}`;
  const { verb, scope, request, response } = operation;
  const readFields = withErrorPath(`${at}.request`, () => compileFields(request, strict));
  withErrorPath(at, () => checkOperation(operation));
  return {
    name,
    verb,
    paths,
    readFields,
    response: withErrorPath(`${at}.response`, () => compileTree(response, '', responseVariables(operation))),
    ...(scope !== undefined && { scope }),
    withUserInfo: operation.with === 'user-info',
    mentionsUserInfo: JSON.stringify(response).includes('$userInfo'),
    anyToken: operation.tokens === 'any',
    wireName: (field, body) => wireName(request, field, body),
  };
}

function wireName(request: OperationSource['request'], field: string, body: object = {}): string {
  const names = Object.keys(request).filter((own) => (request[own]?.as ?? own) === field);
  return names.findLast((own) => Object.hasOwn(body, own)) ?? names[0] ?? field;
}
