import { createPublicKey } from 'node:crypto';
import Type from 'typebox';
import { publicJwk } from '../../signing/jwk.js';
import { text } from '../../texts/text.js';
import { ControlError } from '../control-error.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const Jwk = Type.Object({
  kty: Type.String(),
  n: Type.String(),
  e: Type.String(),
  kid: Type.String({ description: 'the thumbprint (RFC 7638)' }),
  use: Type.Literal('sig'),
  alg: Type.Literal('RS256'),
});
const Jwks = Type.Object({ keys: Type.Array(Jwk) }, { description: 'The public keys (RFC 7517)' });
const Pem = Type.String({ description: 'PEM (SPKI)' });

const Certificate = Type.String({ description: 'PEM (X.509)' });

const tags = ['keys'];

export const keys: ControlPlugin = async (app, { privateKey, certificate }) => {
  const pem = {
    operationId: 'readPlatformKey',
    tags,
    summary: "The public key that verifies the platform's responses",
    produces: ['application/x-pem-file'],
    response: responses(200, Pem),
  };
  app.get('/_emulator/keys/platform.pem', { schema: pem, config: { forPages: true } }, async (_request, reply) => {
    reply.type('application/x-pem-file');
    return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string;
  });

  const tls = {
    operationId: 'readCertificate',
    tags,
    summary: 'The certificate for HTTPS, for clients that have to trust it',
    produces: ['application/x-pem-file'],
    response: responses(200, Certificate, 404),
  };
  app.get('/_emulator/tls.pem', { schema: tls, config: { forPages: true } }, async (_request, reply) => {
    if (certificate === undefined) throw new ControlError(404, 'not-found', text('https-off'));
    reply.type('application/x-pem-file');
    return certificate;
  });

  const jwks = {
    operationId: 'readJwks',
    tags,
    summary: "The platform's public keys",
    response: responses(200, Jwks),
  };
  app.get('/.well-known/jwks.json', { schema: jwks, config: { forPages: true } }, async () => {
    return { keys: [await publicJwk(privateKey)] };
  });
};
