import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { profileFileSchema } from '../profiles/json-schema.js';
import { configFileSchema } from './config.js';

const schemas = { 'wallet.schema.json': profileFileSchema, 'config.schema.json': configFileSchema };

for (const [file, make] of Object.entries(schemas)) {
  test(`${file} is what is read (BILLETERA_UPDATE_GOLDEN=1 writes it)`, () => {
    const path = join(packageRoot, 'fixtures', file);
    const schema = JSON.parse(JSON.stringify(make()));
    if (process.env.BILLETERA_UPDATE_GOLDEN) writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), schema);
  });
}
