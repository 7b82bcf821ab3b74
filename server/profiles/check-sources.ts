import { text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import type { ProfileSource } from './schema.js';
import type { Source, SourcesSource } from './sources-schema.js';

/** The scope that stands for all scopes without sources of their own. */
export const otherScopes = '*';

/** Kind → the field that says more about it. */
const detailOf = { documented: 'page', seen: 'client', inferred: 'wallet' } as const;

/**
 * Checks what the schema cannot say about the sources of a profile.
 * @throws TextError at the field
 */
export function checkSources({ sources = {}, operations, jsapis, scopes }: ProfileSource): void {
  checkNames('operations', sources.operations, Object.keys(operations));
  checkNames('jsapis', sources.jsapis, Object.keys(jsapis));
  checkNames('scopes', sources.scopes, [otherScopes, ...Object.keys(scopes)]);
  for (const [place, list] of sourceLists(sources))
    for (const [index, source] of list.entries()) checkDetails(`sources.${place}.${index}`, source);
}

function checkNames(topic: string, named: Record<string, unknown> = {}, known: readonly string[]): void {
  const unknown = Object.keys(named).find((name) => !known.includes(name));
  if (unknown !== undefined) throw errorAt(`sources.${topic}.${unknown}`, text('expected-one-of', { values: known }));
}

function* sourceLists(sources: SourcesSource): Generator<[place: string, list: readonly Source[]]> {
  for (const [topic, value] of Object.entries(sources)) {
    if (Array.isArray(value)) yield [topic, value];
    else for (const [name, list] of Object.entries(value)) yield [`${topic}.${name}`, list];
  }
}

function checkDetails(place: string, source: Source): void {
  const detail = detailOf[source.kind];
  for (const other of Object.values(detailOf))
    if (other !== detail && source[other] !== undefined)
      throw errorAt(`${place}.${other}`, text('source-detail-wrong', { kind: source.kind }));
  if (source.kind !== 'inferred' && source[detail] === undefined)
    throw errorAt(`${place}.${detail}`, text('source-detail-missing', { kind: source.kind }));
}
