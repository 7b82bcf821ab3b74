import type { FastifyRequest } from 'fastify';
import { catalogue, phrase, sayIn } from '../pages/catalogues.js';
import { valueInWords } from '../pages/value-text.js';
import { fidelityOf, type KnownPart, sourceAddress } from '../profiles/fidelity.js';
import type { JsapiSource } from '../profiles/jsapi-schema.js';
import type { Jsapi } from '../profiles/profile.js';
import type { Source } from '../profiles/sources-schema.js';
import { textIn } from '../schemas/localized-text.js';

/** The values of the profile page: what the tenant's wallet signs, its operations, scopes and codes. */
export function profileModel({ tenant }: FastifyRequest, lang: string) {
  const { source, operations, jsapis, codes, scenarioCodes, name } = tenant.profile;
  const { request, response, encoding } = source.signature;
  const known = fidelityOf(source);
  const knownAs = (topic: KnownPart['topic'], name: string) =>
    known.filter((part) => part.topic === topic && part.names.includes(name)).map((part) => knowledgeModel(part, lang))[0];
  return {
    name,
    note: textIn(source.note, lang),
    signedRequest: request.replace('\n', '\\n'),
    signedAnswer: response.replace('\n', '\\n'),
    encoding: valueInWords('encoding', encoding, lang),
    timeOffset: source.timeOffset,
    tokens: valueInWords('tokens', source.tokens.form ?? 'opaque', lang),
    operations: [...new Set(operations.values())].map((operation) => ({
      name: operation.name,
      paths: operation.paths,
      scope: operation.scope ?? null,
      known: knownAs('operations', operation.name),
    })),
    jsapis: [...jsapis.values()].map((jsapi) => ({
      name: jsapi.name,
      scopes: jsapi.scopes ?? [],
      ...callModel(jsapi, source.jsapis[jsapi.name]),
      known: knownAs('jsapis', jsapi.name),
    })),
    notEmulated: known
      .filter(({ topic }) => topic === 'notEmulated')
      .map((part) => ({ name: part.names[0], known: knowledgeModel(part, lang) })),
    scopes: Object.entries(source.scopes).map(([scope, { consent, words }]) => ({
      name: scope,
      silent: consent === 'silent',
      title: words?.[lang]?.title ?? phrase(catalogue(lang), `scopes.${scope}.title`) ?? '',
    })),
    codes: Object.entries(codes).map(([outcome, { code, status }]) => ({ outcome, code, status })),
    scenarioCodes: [...scenarioCodes.values()],
  };
}

/** The parameters of a JSAPI, and the forms of its answer and its failure. @param source its entry in the profile */
function callModel({ verb, purpose }: Jsapi, source: JsapiSource | undefined) {
  const parameters = { authorize: [...(purpose === undefined ? [] : [purpose]), 'scopes'], open: ['authUrl'], answer: [] };
  const { answer, failure, errors = {} } = { ...defaultForms[verb], ...source };
  return {
    parameters: parameters[verb],
    answer: formText(answer),
    failure: formText(failure),
    errors: Object.entries(errors).map(([error, code]) => ({ error, code })),
  };
}

/** The forms of a JSAPI whose profile has none, as `server/wallet/jsapi-answer.ts` makes them. */
const authorizationForms = {
  answer: { authCode: '$authCode', authSuccessScopes: '$authSuccessScopes', authErrorScopes: '$authErrorScopes' },
  failure: { error: '$error', errorMessage: '$errorMessage', authErrorScopes: '$authErrorScopes' },
};
const defaultForms: Record<Jsapi['verb'], { answer?: unknown; failure?: unknown }> = {
  authorize: authorizationForms,
  open: authorizationForms,
  answer: { failure: authorizationForms.failure },
};

/** A form as JSON, with a space after each comma and colon, so that a line can break there. */
function formText(form: unknown): string | undefined {
  return form === undefined ? undefined : JSON.stringify(form, null, 1).replace(/\n */g, ' ');
}

/** The knowledge of a part of the wallet, in words, with links to its sources. */
function knowledgeModel({ knowledge, sources }: KnownPart, lang: string) {
  return { text: sayIn(lang, `fidelity.kinds.${knowledge}`), sources: sources.map((source) => sourceModel(source, lang)) };
}

function sourceModel(source: Source, lang: string) {
  const { page, client, wallet } = source;
  const address = sourceAddress(source);
  if (wallet !== undefined) return { text: sayIn(lang, 'fidelity.inferredFrom', { wallet }), address };
  return { text: client ?? (address === undefined ? page : new URL(address).hostname) ?? null, address };
}
