import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { validate } from '@readme/openapi-parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { TSchema } from 'typebox';
import { outcomeNames } from '../../engine/outcomes.js';
import { builtInFixtures } from '../../records/fixtures.js';
import { findProblem } from '../../schemas/problem.js';
import { aurora, emulatorForFile, newWorld, users } from '../../testing/emulator.js';
import { englishWords, wordsOf } from '../../testing/spanish-texts.js';
import { Tester } from '../../testing/tester.js';

interface Document {
  info: { title: string; description: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, { post: Operation }>;
  components: {
    schemas: Record<string, object>;
    parameters: Record<string, { name: string; required: boolean }>;
    securitySchemes: Record<string, { name: string }>;
  };
}

interface Operation {
  operationId: string;
  description: string;
  requestBody: { content: Content };
  responses: { 200: { content: Content } };
}

interface Content {
  'application/json': { schema: Schema; examples: Record<string, { value: { result?: { resultCode: string } } }> };
}

interface Schema {
  required?: string[];
  // biome-ignore lint/suspicious/noExplicitAny: any JSON Schema
  properties: Record<string, any>;
}

const emulator = await emulatorForFile();
const read = async (wallet: string): Promise<Document> => (await new Tester(emulator, wallet).get('/wallet-openapi.json')).body;
const profileOf = (wallet: string) => emulator.tenants.get(wallet).profile;

/** Puts the components into a schema, so that one validator can check it. */
function wholeSchema({ components }: Document, { schema }: Content['application/json']): TSchema {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const name = /^#\/components\/schemas\/(\w+)$/.exec((value as { $ref?: string }).$ref ?? '')?.[1];
    if (name !== undefined) return resolve(components.schemas[name]);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
  };
  return resolve(schema) as TSchema;
}

const described = ['title', 'summary', 'description'];

/** The texts for people in a document. Examples, and the names of licences, are not texts for people. */
function descriptionsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (['value', 'license'].includes(key)) return [];
    return typeof part === 'string' ? (described.includes(key) ? [part] : []) : descriptionsOf(part);
  });
}

/** A document without texts for people, and without examples, which have the time of the call. */
function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, part]) => key !== 'examples' && !(described.includes(key) && typeof part === 'string'),
  );
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutDescriptions(part)]));
}

const wallets = readdirSync(join(builtInFixtures, 'wallets')).map((file) => basename(file, '.json'));

for (const wallet of wallets)
  describe(wallet, async () => {
    const document = await read(wallet);
    const profile = profileOf(wallet);
    const operations = Object.entries(document.paths).map(([path, { post }]) => ({ path, post }));

    test('two validators accept the document', async () => {
      const one = await validate(structuredClone(document) as never);
      assert.ok(one.valid, JSON.stringify(one, null, 2).slice(0, 2000));
      assert.deepEqual(one.warnings, []);
      const other = await new Validator().validate(structuredClone(document) as never);
      assert.ok(other.valid, JSON.stringify(other.errors, null, 2)?.slice(0, 2000));
    });

    test('it is in Spanish for readers of Spanish, with the same schemas', async () => {
      const { body } = await new Tester(emulator, wallet).get('/wallet-openapi.json?lang=es');
      for (const description of descriptionsOf(body)) assert.doesNotMatch(wordsOf(description), englishWords);
      assert.deepEqual(withoutDescriptions(body), withoutDescriptions(document));
      assert.ok(descriptionsOf(document).some((description) => englishWords.test(wordsOf(description))));
    });

    test('it has the paths of the profile, with prefixes and endings', () => {
      assert.deepEqual(Object.keys(document.paths).sort(), [...profile.operations.keys()].sort());
      assert.equal(new Set(operations.map(({ post }) => post.operationId)).size, operations.length);
    });

    test('it has the fields, limits and required fields of the profile', () => {
      for (const { path, post } of operations) {
        const operation = profile.operations.get(path);
        assert.ok(operation);
        const { schema } = post.requestBody.content['application/json'];
        const { request } = profile.source.operations[operation.name] as { request: Record<string, { max?: number }> };
        assert.deepEqual(Object.keys(schema.properties), Object.keys(request));
        for (const [name, { max }] of Object.entries(request)) {
          const { maxLength, anyOf = [] } = schema.properties[name];
          assert.equal(maxLength ?? anyOf[0]?.maxLength ?? anyOf[0]?.items?.maxLength, max, `${path} ${name}`);
        }
      }
    });

    test('the emulator and the schema accept the examples of requests, and refuse them without any field that is required', () => {
      for (const { path, post } of operations) {
        const operation = profile.operations.get(path);
        assert.ok(operation);
        const content = post.requestBody.content['application/json'];
        const schema = wholeSchema(document, content);
        for (const { value } of Object.values(content.examples)) {
          assert.equal(findProblem(schema, value), undefined, `${path} ${JSON.stringify(value)}`);
          assert.ok('fields' in operation.readFields(value), `${path} ${JSON.stringify(value)}`);
          for (const field of Object.keys(content.schema.properties)) {
            const { [field as 'result']: _, ...rest } = value;
            const accepted: boolean = 'fields' in operation.readFields(rest);
            assert.equal(findProblem(schema, rest) === undefined, accepted, `${path} without ${field}`);
            const { maxLength, enum: values } = content.schema.properties[field];
            if (maxLength === undefined || values !== undefined) continue;
            const tooLong = { ...value, [field]: 'x'.repeat(maxLength + 1) };
            assert.ok(findProblem(schema, tooLong) !== undefined && 'message' in operation.readFields(tooLong), field);
          }
        }
      }
    });

    test('the examples of answers match their schema, and have every result code of the table', () => {
      for (const { path, post } of operations) {
        const content = post.responses[200].content['application/json'];
        const schema = wholeSchema(document, content);
        const codes = Object.values(content.examples).map(({ value }) => {
          const problem = findProblem(schema, value);
          assert.equal(problem, undefined, `${path} ${JSON.stringify(value)} ${JSON.stringify(problem)}`);
          return value.result?.resultCode;
        });
        const rows = Array.from(post.description.matchAll(/^\| (\w+) \| [SFUA] \|/gm), ([, code]) => code);
        // An object lists keys that look like numbers first, in their order.
        assert.deepEqual(codes.sort(), rows.sort());
        assert.ok(codes.includes(profile.codes.done.code));
        assert.ok(codes.includes(profile.codes['signature-invalid'].code));
      }
    });

    test('it describes headers and security', () => {
      for (const name of profile.source.headers.required) assert.equal(document.components.parameters[name]?.required, true);
      assert.deepEqual(
        Object.values(document.components.securitySchemes).map(({ name }) => name),
        ['Client-Id', 'Signature'],
      );
      assert.ok(document.info.description.includes(profile.source.signature.request));
    });
  });

test('every outcome but an unknown path has its cause in some operation', async () => {
  const { codes } = profileOf('platform-v2');
  const { paths } = await read('platform-v2');
  const described = Object.values(paths)
    .map(({ post }) => post.description)
    .join('\n');
  for (const outcome of outcomeNames.filter((name) => name !== 'path-unknown'))
    assert.ok(described.includes(`| ${codes[outcome].code} |`), outcome);
});

test('the description ends with the note of the profile, in English', async () => {
  assert.match((await read('tng')).info.description, /\n\nThe documentation of sendByAccessToken has requestId, [^\n]*$/);
  assert.doesNotMatch((await read('mpesa')).info.description, /\n$/);
});

test('the servers are the address of the tenant', async () => {
  const tenant = emulator.tenants.get('someone');
  const { servers } = await read(tenant.name);
  const answer = await fetch(`${emulator.url}/t/someone/_emulator/wallet-openapi.json`);
  assert.equal(((await answer.json()) as Document).servers[0]?.url, `${emulator.url}/t/someone`);
  assert.ok(servers[0]?.url.endsWith('/t/someone'));
});

test('real answers match the schemas', async () => {
  const world = newWorld(emulator);
  const document = await read(world.tenant.name);
  const check = (path: string, body: object) => {
    const content = document.paths[path]?.post.responses[200].content['application/json'];
    assert.ok(content);
    assert.equal(findProblem(wholeSchema(document, content), body), undefined, JSON.stringify(body));
  };
  const tokens = await world.tokens({ scopes: ['auth_user', 'HASH_LOGIN_ID', 'PLAINTEXT_MOBILE_PHONE'], user: users.tomas });
  check('/v2/authorizations/applyToken', tokens);
  const info = await world.userInfo(tokens.accessToken);
  assert.ok(Array.isArray(info.body.userInfo?.loginIdInfos));
  check('/v2/users/inquiryUserInfo', info.body);
  check('/v2/authorizations/revoke', (await world.revoke('nothing')).body);
});

test('the examples are about the first mini program', async () => {
  const { paths } = await read('platform-v2');
  const { examples } = (paths['/v2/authorizations/applyToken'] as { post: Operation }).post.requestBody.content[
    'application/json'
  ];
  assert.deepEqual(Object.keys(examples), ['AUTHORIZATION_CODE', 'REFRESH_TOKEN']);
  assert.deepEqual((examples.AUTHORIZATION_CODE as { value: object }).value, {
    appId: aurora.appId,
    authClientId: aurora.clientId,
    grantType: 'AUTHORIZATION_CODE',
    authCode: '28101101234567890123456789012345',
  });
});
