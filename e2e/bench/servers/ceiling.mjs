// The ceiling of the benchmark: a bare Fastify server. It verifies the signature of a call and signs its answer, and does nothing else. To
// a call without a signature it only answers.
// Arguments: the merchant's public key and the platform's private key (PEM files), and the answers by path (JSON).
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import Fastify from 'fastify';

const [publicKey, privateKey, answersJson] = process.argv.slice(2);
const answers = new Map(
  Object.entries(JSON.parse(answersJson)).map(([path, { status, body }]) => [path, { status, body: Buffer.from(body) }]),
);
const merchantKey = createPublicKey(readFileSync(publicKey));
const platformKey = createPrivateKey(readFileSync(privateKey));
const signAsync = promisify(sign);
const verifyAsync = promisify(verify);

const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.get('/health', async () => ({ status: 'ok' }));
app.post('/*', async (request, reply) => {
  const path = request.url.startsWith('/t/') ? request.url.slice(request.url.indexOf('/', 3)) : request.url;
  const { status, body } = answers.get(path);
  reply.status(status);
  if (status === 204) return reply.send();
  reply.header('content-type', 'application/json; charset=UTF-8');
  const { signature, 'client-id': clientId, 'request-time': requestTime } = request.headers;
  if (signature === undefined) return reply.send(body);

  const sent = decodeURIComponent(signature.slice(signature.indexOf('signature=') + 10));
  const signed = Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${requestTime}.`), request.body]);
  const verified = await verifyAsync('sha256', signed, merchantKey, Buffer.from(sent, 'base64'));
  if (!verified) return reply.status(403).send();
  const time = new Date().toISOString();
  const content = Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${time}.`), body]);
  const own = await signAsync('sha256', content, platformKey);
  return reply
    .headers({
      'client-id': clientId,
      'response-time': time,
      signature: `algorithm=RSA256, keyVersion=1, signature=${encodeURIComponent(own.toString('base64'))}`,
    })
    .send(body);
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready at http://127.0.0.1:${app.server.address().port}\n`);
