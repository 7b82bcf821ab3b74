// Writes the files that are derived from the code: the JSON Schemas that editors use. `npm run generate` runs it, and then
// formats them.
import { writeFileSync } from 'node:fs';
import { editorSchemas } from '../server/emulator/editor-schemas.ts';

for (const [file, schema] of Object.entries(editorSchemas()))
  writeFileSync(`fixtures/${file}`, `${JSON.stringify(schema, null, 2)}\n`);
