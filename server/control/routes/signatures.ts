import type { KeyObject } from 'node:crypto';
import Type from 'typebox';
import { type Address, readAddress } from '../../http/address.js';
import { SignatureMistakes } from '../../journal/entry.js';
import { prefixOf } from '../../profiles/profile.js';
import type { ClientEntry } from '../../records/entries.js';
import { closed } from '../../schemas/common.js';
import type { SignedParts } from '../../signing/content.js';
import { decodeSignature, encodingOf } from '../../signing/encodings.js';
import { explainSignature, type SignatureMistake } from '../../signing/explain.js';
import { verifyContent } from '../../signing/rsa.js';
import { parseSignatureHeader } from '../../signing/signature-header.js';
import { likelySigners } from '../../tenants/likely-signers.js';
import type { Tenant } from '../../tenants/tenant.js';
import { invalid } from '../control-error.js';

import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

export const SignedCall = Type.Object(
  {
    method: Type.Optional(Type.String({ minLength: 1, maxLength: 20, default: 'POST' })),
    path: Type.String({ minLength: 1, maxLength: 4096, description: 'as it was called; a whole address will do' }),
    headers: Type.Record(Type.String(), Type.String(), {
      description: 'Client-Id, Request-Time and Signature; names in any case',
    }),
    body: Type.String({ description: 'the body, byte for byte as it was sent' }),
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
    contentToSign: Type.String({ description: 'what must be signed, byte for byte' }),
    encoding: Type.Union([Type.String(), Type.Null()], {
      description: 'how the signature is written: percent, plain or base64url; null where there is none to read',
    }),
    mistakes: SignatureMistakes,
  },
  { description: 'What is signed, and what went wrong' },
);

/** A call as it was signed. */
interface Call {
  tenant: Tenant;
  client: ClientEntry;
  parts: SignedParts;
  address: Address;
  target: string;
  host: string;
  body: Buffer;
}

export const signatures: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'explainSignature',
    tags: ['signatures'],
    summary: 'Why a signature does not verify',
    body: SignedCall,
    response: responses(200, Explanation, 400),
  };
  app.post('/_emulator/signatures/explain', { schema, config: { journaled: false } }, async (request) => {
    const { tenant, body } = request;
    const headers = new Map(Object.entries(body.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
    const clientId = headers.get('client-id');
    if (clientId === undefined) throw invalid('headers.Client-Id: expected the id of the client that signs, and it is missing');
    const client = tenant.clients.get(clientId);
    if (client === undefined) throw invalid(`headers.Client-Id: expected the id of a client, got ${clientId.slice(0, 80)}`);
    const address = readAddress(body.path);
    const parts = {
      method: body.method ?? 'POST',
      path: address.path,
      clientId,
      time: headers.get('request-time') ?? '',
      requestId: headers.get('request-id') ?? '',
    };
    const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(body.path)?.[1] ?? headers.get('host') ?? request.host;
    const call: Call = { tenant, client, parts, address, target: body.path, host, body: Buffer.from(body.body) };
    const contentToSign = tenant.profile.signedRequest(parts, call.body).toString();
    const { encoding, mistakes } = await examine(call, headers.get('signature'));
    return { verified: mistakes.length === 0, contentToSign, encoding, mistakes };
  });
};

async function examine(
  call: Call,
  header: string | undefined,
): Promise<{ encoding: string | null; mistakes: SignatureMistake[] }> {
  if (!header)
    return {
      encoding: null,
      mistakes: [
        {
          code: 'unsigned-request',
          message: 'the header Signature is missing: expected "algorithm=RSA256, keyVersion=1, signature=<value>"',
        },
      ],
    };
  const parsed = parseSignatureHeader(header, call.tenant.profile.source.signature.algorithm);
  if ('mistake' in parsed)
    return {
      encoding: null,
      mistakes: [{ code: 'not-base64', message: `the header Signature cannot be read: ${parsed.mistake}` }],
    };
  const { signature } = parsed;
  const encoding = encodingOf(signature);
  const { publicKey } = call.client;
  if (publicKey === undefined)
    return {
      encoding,
      mistakes: [
        {
          code: 'wrong-key',
          message: `the client ${call.client.clientId} has no publicKey here: register it by PATCH /_emulator/clients/${call.client.clientId}`,
        },
      ],
    };
  return { encoding, mistakes: (await verifies(call, signature, publicKey)) ? [] : await explain(call, signature, publicKey) };
}

/** With the path as the wallet knows it, and as it was sent. */
async function verifies({ tenant, parts, address, body }: Call, signature: string, publicKey: KeyObject): Promise<boolean> {
  const bytes = decodeSignature(signature);
  if (bytes === undefined) return false;
  for (const path of new Set([address.path, address.sentPath])) {
    if (await verifyContent(tenant.profile.signedRequest({ ...parts, path }, body), bytes, publicKey)) return true;
  }
  return false;
}

function explain(
  { tenant, client, parts, target, host, body }: Call,
  signature: string,
  publicKey: KeyObject,
): Promise<SignatureMistake[]> {
  const { profile } = tenant;
  return explainSignature({
    template: profile.signedRequest,
    templateText: profile.source.signature.request,
    parts,
    body,
    target,
    host,
    prefix: prefixOf(profile, parts.path),
    signature,
    publicKey,
    ...likelySigners(tenant, client, body),
  });
}
