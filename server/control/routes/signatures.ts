import Type from 'typebox';
import { readAddress } from '../../http/address.js';
import { SignatureMistakes } from '../../journal/entry.js';
import { closed, Dictionary } from '../../schemas/common.js';
import { parseSignatureHeader } from '../../signing/signature-header.js';
import { verifyCall } from '../../signing/verify-call.js';
import { signingRules } from '../../tenants/signing-rules.js';
import { text } from '../../texts/text.js';
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
export const Explanation = Type.Object(
  {
    verified: Type.Boolean(),
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
    body: SignedCall,
    response: responses(200, Explanation, 400),
  };
  app.post('/_emulator/signatures/explain', { schema, config: { journaled: false, reads: true } }, async (request) => {
    const { tenant, body } = request;
    const headers = new Map(Object.entries(body.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
    const clientId = headers.get('client-id');
    if (clientId === undefined) throw invalid(text('signer-missing'));
    const client = tenant.clients.get(clientId);
    if (client === undefined) throw invalid(text('signer-unknown', { clientId: clientId.slice(0, 80) }));
    const address = readAddress(body.path);
    const parts = {
      method: body.method ?? 'POST',
      path: address.path,
      clientId,
      time: headers.get('request-time') ?? '',
      requestId: headers.get('request-id') ?? '',
    };
    const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(body.path)?.[1] ?? headers.get('host') ?? request.host;
    const rawBody = Buffer.from(body.body);
    const { profile } = tenant;
    const header = headers.get('signature');
    const signature = header ? parseSignatureHeader(header, profile.source.signature.algorithm) : undefined;
    const { verified, mistakes } = await verifyCall(
      { parts, sentPath: address.sentPath, target: body.path, host, body: rawBody, signature },
      signingRules(tenant, client, rawBody),
    );
    return {
      verified,
      contentToSign: profile.signedRequest(parts, rawBody).toString(),
      encoding: signature !== undefined && 'encoding' in signature ? signature.encoding : null,
      mistakes: mistakes.map(({ code, message }) => ({ code, message: inEnglish(message) })),
    };
  });
};
