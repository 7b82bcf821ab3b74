import { profileFileSchema } from '../profiles/json-schema.js';
import { fixtureFile, fixtureKinds, recordSchemas, severalKinds } from '../records/fixture-folder.js';
import { configFileSchema } from './config.js';

/** The JSON Schemas of fixtures/, by file name. Editors read them, and `npm run generate` writes them. */
export function editorSchemas(): Record<string, object> {
  const ofKinds = fixtureKinds.map((kind) => [
    `${kind}.schema.json`,
    titled(`${kind}.json`, fixtureFile(kind, recordSchemas[kind])),
  ]);
  return {
    'config.schema.json': configFileSchema(),
    'wallet.schema.json': profileFileSchema(),
    'fixtures.schema.json': titled(
      'fixtures.json',
      severalKinds((kind) => recordSchemas[kind]),
    ),
    ...Object.fromEntries(ofKinds),
  };
}

function titled(title: string, schema: object): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema };
}
