import Type, { type Static } from 'typebox';
import { closed, Dictionary } from '../schemas/common.js';

export const sourceKinds = ['documented', 'seen', 'inferred'] as const;

/** The evidence for a part of the wallet. `check-sources.ts` says which fields go together. */
const Source = Type.Object(
  {
    kind: Type.Enum(sourceKinds, {
      description:
        'documented: a page of the documentation says so; seen: a client that somebody else wrote relies on it; inferred: it is only likely',
    }),
    page: Type.Optional(
      Type.String({ minLength: 1, description: 'documented: the address of the page, or the title of a document' }),
    ),
    client: Type.Optional(
      Type.String({ pattern: '^[\\w.-]+/[\\w.-]+$', description: 'seen: the repository on GitHub, owner/name' }),
    ),
    wallet: Type.Optional(
      Type.String({ minLength: 1, description: 'inferred: the name of the profile that it was inferred from' }),
    ),
  },
  closed,
);
export type Source = Static<typeof Source>;

const SourceList = Type.Array(Source, { minItems: 1, description: 'the sources, the best first' });
const sourcesOf = (what: string) => Type.Optional(Dictionary(SourceList, { description: `${what} → its sources` }));

/** The sources of the knowledge of a wallet. */
export const Sources = Type.Object(
  {
    operations: sourcesOf('operation'),
    jsapis: sourcesOf('JSAPI'),
    scopes: sourcesOf('scope, or * for all others'),
    signature: Type.Optional(SourceList),
    codes: Type.Optional(SourceList),
    lifetimes: Type.Optional(SourceList),
    notifications: Type.Optional(SourceList),
    notEmulated: sourcesOf('path, JSAPI or scope of the wallet that the profile does not have'),
  },
  { ...closed, description: 'where the knowledge of the wallet comes from' },
);
export type SourcesSource = Static<typeof Sources>;
