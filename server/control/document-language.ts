import Type, { type Static } from 'typebox';
import { languages } from '../pages/catalogues.js';

/** The query of a route that serves an OpenAPI document. */
export const DocumentLanguage = Type.Object({
  lang: Type.Optional(Type.Enum([...languages], { description: 'the language of the descriptions; default: en' })),
});
export type DocumentLanguage = Static<typeof DocumentLanguage>;
