import type { FastifyRequest } from 'fastify';
import { catalogue, phrase } from '../pages/catalogues.js';
import { valueInWords } from '../pages/value-text.js';

/** The values of the profile page: what the tenant's wallet signs, its operations, scopes and codes. */
export function profileModel({ tenant }: FastifyRequest, lang: string) {
  const { source, operations, jsapis, codes, scenarioCodes, name } = tenant.profile;
  const { request, response, encoding } = source.signature;
  return {
    name,
    note: source.note ?? null,
    signedRequest: request.replace('\n', '\\n'),
    signedAnswer: response.replace('\n', '\\n'),
    encoding: valueInWords('encoding', encoding, lang),
    timeOffset: source.timeOffset,
    tokens: valueInWords('tokens', source.tokens.form ?? 'opaque', lang),
    operations: [...new Set(operations.values())].map((operation) => ({
      name: operation.name,
      paths: operation.paths,
      scope: operation.scope ?? null,
    })),
    jsapis: [...jsapis.values()].map((jsapi) => ({ name: jsapi.name, scopes: jsapi.scopes ?? [] })),
    scopes: Object.entries(source.scopes).map(([scope, { consent, words }]) => ({
      name: scope,
      silent: consent === 'silent',
      title: words?.[lang]?.title ?? phrase(catalogue(lang), `scopes.${scope}.title`) ?? '',
    })),
    codes: Object.entries(codes).map(([outcome, { code, status }]) => ({ outcome, code, status })),
    scenarioCodes: [...scenarioCodes.values()],
  };
}
