// The ceiling of the benchmark: a bare Fastify route that only verifies the signature of a call and signs the response.
// Arguments: the merchant's public key and the platform's private key (PEM files), and the response bodies by path (JSON).
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import Fastify from 'fastify';

const [publicKey, privateKey, answersJson] = process.argv.slice(2);
const answers = JSON.parse(answersJson);
const merchantKey = createPublicKey(readFileSync(publicKey));
const platformKey = createPrivateKey(readFileSync(privateKey));
const signAsync = promisify(sign);
const verifyAsync = promisify(verify);

const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.get('/health', async () => ({ status: 'ok' }));
app.post('/*', async (request, reply) => {
  const path = request.url;
  const clientId = request.headers['client-id'];
  const sent = decodeURIComponent(request.headers.signature.slice(request.headers.signature.indexOf('signature=') + 10));
  const signed = Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${request.headers['request-time']}.`), request.body]);
  const verified = await verifyAsync('sha256', signed, merchantKey, Buffer.from(sent, 'base64'));
  if (!verified) return reply.status(403).send();
  const time = new Date().toISOString();
  const answer = Buffer.from(answers[path]);
  const signature = await signAsync(
    'sha256',
    Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${time}.`), answer]),
    platformKey,
  );
  return reply
    .headers({
      'content-type': 'application/json; charset=UTF-8',
      'client-id': clientId,
      'response-time': time,
      signature: `algorithm=RSA256, keyVersion=1, signature=${encodeURIComponent(signature.toString('base64'))}`,
    })
    .send(answer);
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready at http://127.0.0.1:${app.server.address().port}\n`);
