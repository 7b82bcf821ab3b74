import Type from 'typebox';
import { explainRequests } from '../../http/explain-request.js';
import { ContentComparison, SignatureMistakes } from '../../journal/entry.js';
import { readRequests } from '../../requests/read-requests.js';
import { closed, Dictionary } from '../../schemas/common.js';
import { TextError } from '../../texts/text-error.js';
import { inEnglish } from '../../texts/write-text.js';
import { invalid } from '../control-error.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

export const SignedCall = Type.Object(
  {
    method: Type.Optional(Type.String({ minLength: 1, maxLength: 20, default: 'POST' })),
    path: Type.String({ minLength: 1, maxLength: 4096, description: 'the path as it was sent; a whole URL works too' }),
    headers: Dictionary(Type.String(), {
      description: 'Client-Id, Request-Time and Signature; names in any case',
    }),
    body: Type.String({ description: 'the exact body, byte for byte' }),
  },
  {
    ...closed,
    examples: [
      {
        path: '/v2/authorizations/applyToken',
        headers: {
          'Client-Id': '202016726873874774774000',
          'Request-Time': '2026-01-31T10:00:00Z',
          Signature: 'algorithm=RSA256, keyVersion=1, signature=…',
        },
        body: '{"grantType":"AUTHORIZATION_CODE","authCode":"…"}',
      },
    ],
  },
);
export const WrittenCall = Type.Object(
  {
    text: Type.String({
      minLength: 1,
      description:
        'a curl command, a raw HTTP request, headers with the body, or a HAR file; of several requests, the first that does not verify is explained',
    }),
  },
  closed,
);
export const Explanation = Type.Object(
  {
    method: Type.String(),
    path: Type.String({ description: 'the path that is signed' }),
    clientId: Type.String(),
    verified: Type.Boolean(),
    ...ContentComparison,
    contentToSign: Type.String({ description: 'the exact bytes to sign' }),
    encoding: Type.Union([Type.String(), Type.Null()], {
      description: 'how the signature is encoded: percent, plain or base64url; null if it is missing or cannot be read',
    }),
    mistakes: SignatureMistakes,
  },
  { description: 'What to sign, and what went wrong' },
);

export const signatures: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'explainSignature',
    tags: ['signatures'],
    summary: 'Why a signature does not verify',
    body: Type.Union([SignedCall, WrittenCall]),
    response: responses(200, Explanation, 400),
  };
  app.post(
    '/_emulator/signatures/explain',
    { schema, config: { journaled: false, reads: true } },
    async ({ tenant, body, host }) => {
      try {
        const requests = 'text' in body ? readRequests(body.text) : [{ method: 'POST', ...body, target: body.path }];
        const { comparison, mistakes, ...explained } = await explainRequests(tenant, requests, host);
        const { contentToSign, signedContent, ...rest } = comparison;
        return {
          ...explained,
          contentToSign: contentToSign.toString(),
          ...(signedContent && { signedContent: signedContent.toString() }),
          ...rest,
          mistakes: mistakes.map(({ code, message }) => ({ code, message: inEnglish(message) })),
        };
      } catch (error) {
        throw error instanceof TextError ? invalid(error.text) : error;
      }
    },
  );
};
