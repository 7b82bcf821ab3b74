// Writes what is derived from the code: the JSON Schemas that editors use, docs/fidelity.md in each language, and the code blocks and
// tables of the guides, and llms.txt. `npm run generate` runs it, and then formats the schemas.
import { writeFileSync } from 'node:fs';
import { documentPath } from '../server/console/docs/documents.ts';
import { fidelityFiles } from '../server/console/docs/fidelity-files.ts';
import { llmsIndex } from '../server/console/docs/llms-text.ts';
import { editorSchemas } from '../server/emulator/editor-schemas.ts';
import { integrationMistakeTexts } from '../server/journal/integration-mistake-texts.ts';
import { signatureMistakeTexts } from '../server/journal/signature-mistake-texts.ts';
import { english } from '../server/texts/english/english.ts';
import { spanish } from '../server/texts/spanish/spanish.ts';
import { guides } from './guides/guides.mjs';

for (const [file, schema] of Object.entries(editorSchemas()))
  writeFileSync(`fixtures/${file}`, `${JSON.stringify(schema, null, 2)}\n`);

for (const [file, text] of Object.entries(fidelityFiles())) writeFileSync(file, text);

writeFileSync('llms.txt', llmsIndex(documentPath));

const findings = { integration: integrationMistakeTexts, signature: signatureMistakeTexts };
for (const { path, text, filled } of guides({ en: english, es: spanish }, findings))
  if (filled !== text) writeFileSync(path, filled);
