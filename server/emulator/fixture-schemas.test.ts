import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { packageRoot } from '../package-root.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { scratchFolder } from '../testing/emulator.js';

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));
const ajv = new Ajv({ strict: false, validateFormats: false });
const schemaOf = (name: string) => ajv.compile(readJson(builtInFixtures, `${name}.schema.json`));
const schemas = Object.fromEntries(['clients', 'apps', 'users', 'scenarios', 'fixtures'].map((name) => [name, schemaOf(name)]));

const record = {
  clients: {
    clientId: 'c1',
    name: 'One',
    status: 'ACTIVE',
    signature: 'off',
    scopes: ['USER_ID'],
    redirectUrls: ['https://a.example'],
  },
  apps: { appId: 'a1', name: 'One', clientId: 'c1', callbackOrigins: ['https://a.example'], ownApp: true },
  users: { userId: 'u1', name: 'One', userName: { fullName: 'One' }, birthday: '1990-01-31', behaviour: { consent: 'ask' } },
};

test('the shipped fixtures match their schemas', () => {
  for (const kind of ['clients', 'apps', 'users']) {
    const list = readJson(builtInFixtures, `${kind}.json`);
    for (const content of [list, { $schema: './x.json', [kind]: list }])
      assert.ok(schemas[kind]?.(content), `${kind}: ${ajv.errorsText(schemas[kind]?.errors)}`);
    assert.ok(schemas.fixtures?.({ [kind]: list }));
  }
  const wallet = schemaOf('wallet');
  for (const name of readdirSync(join(builtInFixtures, 'wallets')))
    assert.ok(wallet(readJson(builtInFixtures, 'wallets', name)), `${name}: ${ajv.errorsText(wallet.errors)}`);
  assert.ok(schemaOf('config')({ port: 0, wallet: 'gcash' }));
});

test('the path of a schema in the guide leads to it from a project', () => {
  const project = scratchFolder();
  mkdirSync(join(project, 'node_modules'));
  mkdirSync(join(project, 'billetera'));
  symlinkSync(packageRoot, join(project, 'node_modules', 'billetera'), 'junction');
  const [path = ''] =
    readFileSync(join(packageRoot, 'docs', 'guides', 'en', 'fixtures.md'), 'utf8').match(
      /(?<="\$schema": ")\.\.\/node_modules[^"]+/,
    ) ?? [];
  assert.equal(readJson(project, 'billetera', path).title, 'users.json');
});

/** Also checked by code: the loader refuses more of them than the schema. */
const checkedByCode = ['publicKey', 'lifetimes', 'agentTokens', 'rateLimit', 'clientId', 'behaviour', 'logo', 'avatar'];

for (const kind of ['clients', 'apps', 'users'] as const) {
  test(`schema and loader agree about ${kind}`, () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'clients.json'), JSON.stringify([record.clients]));
    const isLoaded = (content: unknown) => {
      writeFileSync(join(folder, `${kind}.json`), JSON.stringify(content));
      try {
        loadFixtures(folder);
        return true;
      } catch {
        return false;
      }
    };
    const properties = Object.keys(readJson(builtInFixtures, `${kind}.schema.json`).anyOf[0].items.properties);
    const field = fc.constantFrom(...properties.filter((name) => !checkedByCode.includes(name)), 'unknown');
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('ACTIVE', 'https://b.example', 'MX', '1990-02-30', ['*'], {}),
    );
    const item = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(field, value).map(([name, changed]) => ({ ...record[kind], [name]: changed })) },
      { weight: 1, arbitrary: fc.constantFrom(record[kind], {}, 5, null, []) },
    );
    const wrappers = [
      (one: unknown) => [one],
      (one: unknown) => ({ $schema: './x.json', [kind]: [one] }),
      (one: unknown) => ({ $schema: 5, [kind]: [one] }),
      (one: unknown) => ({ [kind]: [one], more: 1 }),
      (one: unknown) => one,
    ];
    const agree = (one: unknown, wrap: (one: unknown) => unknown) => {
      const content = wrap(one);
      assert.equal(isLoaded(content), schemas[kind]?.(content), JSON.stringify(content));
    };
    for (const wrap of wrappers) agree(record[kind], wrap);
    fc.assert(fc.property(item, fc.constantFrom(...wrappers.slice(0, 2)), agree), { numRuns: 200 });
  });
}
