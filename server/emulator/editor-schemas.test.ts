import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { editorSchemas } from './editor-schemas.js';

for (const [file, schema] of Object.entries(editorSchemas())) {
  test(`fixtures/${file} is up to date`, () => {
    const written = JSON.parse(readFileSync(join(packageRoot, 'fixtures', file), 'utf8'));
    const current = JSON.parse(JSON.stringify(schema));
    assert.deepEqual(written, current, `fixtures/${file} is stale; run npm run generate`);
  });
}
