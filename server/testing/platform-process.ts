/** A platform in a process of its own, over HTTPS. It shares no code with the emulator. `real-platform.ts` starts it. */
import { constants, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

export interface StartMessage {
  tls: Pick<ServerOptions, 'cert' | 'key'>;
  /** Signs answers. */
  privateKey: string;
}

/** A request as it came. */
export interface SeenRequest {
  method: string;
  target: string;
  rawHeaders: string[];
  /** In Base64. */
  body: string;
}

export type PlatformMessage = { port: number } | { seen: SeenRequest };

const time = '2026-03-01T20:00:01.123+08:00';

process.once('message', ({ tls, privateKey }: StartMessage) => {
  const server = createServer(tls, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url: target = '', rawHeaders } = request;
    process.send?.({ seen: { method, target, rawHeaders, body: body.toString('base64') } } satisfies PlatformMessage);
    await answer(request, response, privateKey);
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port } satisfies PlatformMessage));
});

/** Answers as the header X-Answer says. */
async function answer({ headers, url = '' }: IncomingMessage, response: ServerResponse, privateKey: string): Promise<void> {
  const refused = headers['x-answer'] === 'refuse';
  const result = refused ? { resultStatus: 'F', resultCode: 'INVALID_SIGNATURE' } : { resultStatus: 'S', resultCode: 'SUCCESS' };
  const body = Buffer.from(
    `{ "result" :${JSON.stringify({ ...result, resultMessage: 'ok' })},"accessToken":"2810100000AbC9","customerId":"2089011028222372"}\n`,
  );
  const [path = ''] = url.split('?');
  const content = Buffer.concat([Buffer.from(`POST ${path}\n${headers['client-id']}.${time}.`), body]);
  const signature = sign('sha256', content, { key: privateKey, padding: constants.RSA_PKCS1_PADDING }).toString('base64url');
  response.sendDate = false;
  const head = [
    ...['Client-Id', String(headers['client-id']), 'RESPONSE-time', time, 'x-two', 'one', 'X-Two', 'two ; é=1'],
    ...['Content-Type', 'application/json;charset=utf-8', 'signature', `algorithm=RSA256,keyVersion=0,signature=${signature}`],
  ];
  switch (headers['x-answer']) {
    case 'gzip': {
      const zipped = gzipSync(body);
      response.writeHead(200, 'Fine', [...head, 'Content-Encoding', 'gzip', 'Content-Length', String(zipped.length)]).end(zipped);
      break;
    }
    case 'slow':
      // In chunks, with a pause that a test cannot mistake for one write.
      response.writeHead(201, head).write(body.subarray(0, 20));
      await wait(50);
      response.end(body.subarray(20));
      break;
    case 'nothing':
      response.writeHead(204, head).end();
      break;
    case 'half':
      response.writeHead(200, [...head, 'Content-Length', '500']).write(body, () => response.socket?.destroy());
      break;
    case 'die':
      process.exit(1);
      break;
    default:
      response.writeHead(200, [...head, 'Content-Length', String(body.length)]).end(body);
  }
}
