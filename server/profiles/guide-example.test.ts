import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Schema from 'typebox/schema';
import { packageRoot } from '../package-root.js';
import { scratchFolder } from '../testing/emulator.js';
import { profileFileSchema } from './json-schema.js';
import { Profiles } from './profiles.js';

const wallets = join(packageRoot, 'fixtures', 'wallets');
const guide = readFileSync(join(packageRoot, 'docs', 'guides', 'en', 'wallets.md'), 'utf8');
const example = /```json\n(\{\n {2}"\$schema"[\s\S]*?\n\})\n```/.exec(guide)?.[1] ?? '';

test('the profile in the guide has fewer than thirty lines, and works', () => {
  assert.ok(example.split('\n').length < 30);
  const folder = scratchFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'monedero.json'), example);
  const profile = new Profiles([folder, wallets], () => '').get('monedero');
  const operation = profile.operations.get('/pay/api/v2/me');
  const variables = { userInfo: { userId: '1' } };
  assert.deepEqual(operation?.response(variables, { timeOffset: '-03:00', baseUrl: '' }), { profile: { userId: '1' } });
  assert.equal(profile.codes['auth-code-used'].code, 'CODE_ALREADY_USED');
  assert.deepEqual(profile.scopes.get('USER_TAX_ID')?.read?.({ extra: { taxId: 'X1' } }), { taxId: 'X1' });
});

test('the JSON Schema accepts every profile and the one in the guide, and rejects a misspelled field', () => {
  const schema = Schema.Compile(profileFileSchema() as never);
  const files = readdirSync(wallets).map((file) => readFileSync(join(wallets, file), 'utf8'));
  for (const file of [example, ...files]) assert.deepEqual(schema.Errors(JSON.parse(file))[1], []);
  assert.equal(schema.Check({ ...JSON.parse(example), timeOfset: '-03:00' }), false);
});
