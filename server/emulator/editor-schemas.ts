import { profileFileSchema } from '../profiles/json-schema.js';
import { configFileSchema } from './config.js';

/** The JSON Schemas of fixtures/, by file name. Editors read them, and `npm run generate` writes them. */
export function editorSchemas(): Record<string, object> {
  return { 'config.schema.json': configFileSchema(), 'wallet.schema.json': profileFileSchema() };
}
