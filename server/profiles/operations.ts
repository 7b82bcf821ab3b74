import { checkOperation } from './check-operations.js';
import type { Operation } from './compile.js';
import { compileFields } from './fields.js';
import { namesInResponse } from './known-names.js';
import { place } from './place.js';
import type { OperationSource, ProfileSource } from './schema.js';
import { compileTree } from './tree.js';

/** What the emulator itself answers at: the first step of a path. */
const taken = ['_emulator', '.well-known', 'assets', 'favicon.ico', 'my.js', 'playground', 'profile', 'scenarios', 't', 'wallet'];

/** An operation's paths, each with the operation. @throws Error that names the place and what was expected */
export function compileOperations(source: ProfileSource, prefixes: readonly string[]): Map<string, Operation> {
  for (const [index, prefix] of prefixes.entries()) if (prefix !== '') place(`prefixes.${index}`, () => checkFree(prefix));
  const byPath = new Map<string, Operation>();
  const endings = ['', ...(source.endings ?? [])];
  for (const [name, operation] of Object.entries(source.operations)) {
    const at = `operations.${name}`;
    if (operation.scope !== undefined && !Object.hasOwn(source.scopes, operation.scope))
      throw new Error(`${at}.scope: expected one of the profile's scopes, got ${operation.scope}`);
    const paths = prefixes.flatMap((prefix) =>
      endings.flatMap((ending) => operation.paths.map((path) => prefix + path + ending)),
    );
    const compiled = compileOperation(name, operation, paths, source.strict);
    for (const path of paths) {
      place(`${at}.paths`, () => checkFree(path));
      if (byPath.has(path)) throw new Error(`${at}.paths: ${path} is ${byPath.get(path)?.name}'s already`);
      byPath.set(path, compiled);
    }
  }
  return byPath;
}

function compileOperation(name: string, operation: OperationSource, paths: readonly string[], strict: boolean): Operation {
  const at = `operations.${name}`;
  const { verb, scope, request, response } = operation;
  const readFields = place(`${at}.request`, () => compileFields(request, strict));
  place(at, () => checkOperation(operation));
  return {
    name,
    verb,
    paths,
    readFields,
    response: place(`${at}.response`, () => compileTree(response, '', namesInResponse(operation))),
    ...(scope !== undefined && { scope }),
    withUserInfo: operation.with === 'user-info',
    mentionsUserInfo: JSON.stringify(response).includes('$userInfo'),
    anyToken: operation.tokens === 'any',
    wireName: (field) => Object.entries(request).find(([own, { as = own }]) => as === field)?.[0] ?? field,
  };
}

function checkFree(path: string): void {
  const [, first = '', ...others] = path.split('/');
  const own = taken.includes(first) ? first : others.find((step) => step === '_emulator');
  if (own !== undefined)
    throw new Error(`expected a path that the emulator does not answer at itself, got ${path}: /${own} is the emulator's own`);
}
