// Starts oauth2-mock-server as its README shows. With a key file as argument, it uses that key and generates none.
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OAuth2Server } from 'oauth2-mock-server';

const [keyFile] = process.argv.slice(2);
const server = new OAuth2Server();
if (keyFile === undefined) await server.issuer.keys.generate('RS256');
else
  await server.issuer.keys.add({
    ...createPrivateKey(readFileSync(keyFile)).export({ format: 'jwk' }),
    kid: 'bench',
    alg: 'RS256',
  });
await server.start(0, '127.0.0.1');
process.stdout.write(`ready at http://127.0.0.1:${server.address().port}\n`);
