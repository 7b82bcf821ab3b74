import assert from 'node:assert/strict';
import test from 'node:test';
import { controlErrorCodes } from '../http/control-error-code.js';
import { emulatorForFile } from '../testing/emulator.js';

const emulator = await emulatorForFile({ tls: true, tlsPort: 0 });

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: { name: string; in: string; $ref?: string }[];
  requestBody?: { content: object };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

const document = (await (await fetch(`${emulator.url}/_emulator/openapi.json`)).json()) as {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; parameters: Record<string, { name: string; in: string; schema: object }> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

test('the document names the server that it came from, with the tenant', async () => {
  assert.deepEqual(document.servers, [{ url: emulator.url }]);
  const tenants = await (await fetch(`${emulator.url}/t/mine/_emulator/openapi.json`)).json();
  assert.deepEqual((tenants as typeof document).servers, [{ url: `${emulator.url}/t/mine` }]);
});

test('every operation has a unique operationId, a summary, one tag and described responses', () => {
  assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
  for (const { path, operation } of operations) {
    assert.ok(operation.summary && operation.tags.length === 1, operation.operationId);
    const good = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    assert.equal(good.length, 1, operation.operationId);
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      assert.notEqual(description, 'Default Response', `${operation.operationId} ${status}`);
      assert.equal(content === undefined, status === '204', `${operation.operationId} ${status}`);
    }
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assert.deepEqual(
      (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name),
      named,
    );
  }
});

test('every operation has the header that names the tenant, and the error for a wrong name', () => {
  const { Tenant } = document.components.parameters;
  assert.deepEqual([Tenant?.name, Tenant?.in], ['X-Emulator-Tenant', 'header']);
  for (const { operation } of operations) {
    const shared = (operation.parameters ?? []).filter(({ $ref }) => $ref === '#/components/parameters/Tenant');
    assert.equal(shared.length, 1, operation.operationId);
    assert.ok(operation.responses[400], operation.operationId);
  }
});

test('every PATCH takes a merge patch', () => {
  const patches = operations.filter(({ method }) => method === 'PATCH');
  assert.ok(patches.length >= 5);
  for (const { operation } of patches)
    assert.deepEqual(Object.keys(operation.requestBody?.content ?? {}), ['application/json', 'application/merge-patch+json']);
});

test('every enum has a type', async () => {
  const wallets = ['platform-v2', 'superqi'].map((wallet) => emulator.app.inject(`/t/${wallet}/_emulator/wallet-openapi.json`));
  const documents: unknown[] = [document, ...(await Promise.all(wallets)).map((answer) => answer.json())];
  const check = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 0;
    const isEnum = 'enum' in value && Array.isArray(value.enum);
    if (isEnum) assert.ok('type' in value, JSON.stringify(value));
    return Object.values(value).reduce((count: number, item) => count + check(item), isEnum ? 1 : 0);
  };
  for (const one of documents) assert.ok(check(one) > 2);
});

test('errors have one of the listed codes', () => {
  const { Failure } = document.components.schemas as { Failure?: { properties: { error: { enum: string[] } } } };
  assert.deepEqual(Failure?.properties.error.enum, controlErrorCodes);
  for (const code of controlErrorCodes) assert.match(code, /^[a-z]+(-[a-z]+)*$/);
});

test('every reference has its schema', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');
  assert.ok(references.length > 20);
  for (const reference of references) {
    const found = reference
      .split('/')
      .slice(1)
      .reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], document);
    assert.ok(found, reference);
  }
});

test('every documented route exists', async () => {
  for (const { path, method } of operations) {
    if (path.endsWith('/stream')) continue;
    const { statusCode } = await emulator.app.inject({
      method: method as 'GET',
      url: path.replace(/\{\w+\}/g, 'x'),
      headers: { 'x-emulator-tenant': 'walk' },
    });
    assert.ok(
      [200, 204, 400, 404].includes(statusCode) && (statusCode !== 404 || path.includes('{')),
      `${method} ${path} → ${statusCode}`,
    );
  }
});

test('every route of the control API is documented', () => {
  const routes = routesOf(emulator.app.printRoutes({ commonPrefix: false })).filter(({ path }) =>
    /^\/(_emulator|\.well-known)\/[^*]/.test(path),
  );
  assert.ok(routes.length >= 24);
  for (const { path, methods } of routes) {
    for (const method of methods.filter((name) => name !== 'HEAD')) {
      assert.ok(document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()], `${method} ${path}`);
    }
  }
});

/** Parses the tree that Fastify prints: each level is indented by four characters, and methods follow the path. */
function routesOf(printed: string): { path: string; methods: string[] }[] {
  const above: string[] = [];
  return printed.split('\n').flatMap((line) => {
    const [, indent = '', name, methods] = /^([\s│]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line) ?? [];
    if (name === undefined) return [];
    above.splice(indent.length / 4, above.length, name);
    return methods === undefined ? [] : [{ path: above.join(''), methods: methods.split(', ') }];
  });
}
