import { text } from '../texts/text.js';
import { errorAt, inside } from '../texts/text-error.js';
import { checkOperation } from './check-operation.js';
import { compileFields } from './fields.js';
import type { OperationSource } from './operation-schema.js';
import type { Operation } from './profile.js';
import type { ProfileSource } from './schema.js';
import { compileTree } from './tree.js';
import { responseVariables } from './tree-variables.js';

/** Compiles the operations. @returns full path → operation @throws TextError at the field */
export function compileOperations(source: ProfileSource): Map<string, Operation> {
  const byPath = new Map<string, Operation>();
  for (const [name, operation] of Object.entries(source.operations)) {
    const at = `operations.${name}`;
    if (operation.scope !== undefined && !Object.hasOwn(source.scopes, operation.scope))
      throw errorAt(`${at}.scope`, text('profile-scope-unknown', { scope: operation.scope }));
    const compiled = compileOperation(name, operation, fullPaths(source, operation), source.strict);
    for (const path of compiled.paths) {
      const other = byPath.get(path);
      if (other !== undefined) throw errorAt(`${at}.paths`, text('path-taken', { path, operation: other.name }));
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
  const readFields = inside(`${at}.request`, () => compileFields(request, strict));
  inside(at, () => checkOperation(operation));
  return {
    name,
    verb,
    paths,
    readFields,
    response: compileTree(response, `${at}.response`, responseVariables(operation)),
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
