import { constants, type KeyObject, sign, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { encodeSignature, platformPublicKey, privateKey } from './merchant.js';

const padding = constants.RSA_PKCS1_PADDING;

/** A notification as a merchant's server received it. */
export interface ReceivedNotification {
  path: string;
  body: Record<string, string>;
  verified: boolean;
  headers: IncomingMessage['headers'];
}

type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** A merchant's server. It verifies and stores the notifications that it receives, and answers as the test says. */
export class MerchantServer {
  url = '';
  readonly notifications: ReceivedNotification[] = [];
  /** The next answers, in order. After the last one, the server answers S, signed. */
  readonly next: Respond[] = [];

  constructor(readonly key: KeyObject = privateKey('demo-merchant-2.private.pem')) {}

  static async open(key?: KeyObject): Promise<MerchantServer> {
    const merchant = new MerchantServer(key);
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      merchant.#receive(request, Buffer.concat(chunks));
      (merchant.next.shift() ?? ((to) => merchant.respond(to, request)))(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    merchant.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    return merchant;
  }

  /** Answers in the format of the protocol. */
  respond(
    response: ServerResponse,
    request: IncomingMessage,
    { status = 'S', signed = true, key = this.key, path = request.url } = {},
  ): void {
    const body = JSON.stringify({
      result: { resultCode: status === 'S' ? 'SUCCESS' : 'PROCESS_FAIL', resultStatus: status, resultMessage: 'success' },
    });
    const clientId = String(request.headers['client-id']);
    const time = '2026-03-01T20:00:01+08:00';
    const value = encodeSignature(
      sign('sha256', Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`), { key, padding }),
      'percent',
    );
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Client-Id': clientId,
      'Response-Time': time,
      ...(signed && { Signature: `algorithm=RSA256, keyVersion=1, signature=${value}` }),
    });
    response.end(body);
  }

  #receive({ url = '', headers }: IncomingMessage, body: Buffer): void {
    const value = /^algorithm=RSA256, keyVersion=1, signature=(\S+)$/.exec(String(headers.signature))?.[1] ?? '';
    const content = Buffer.concat([Buffer.from(`POST ${url}\n${headers['client-id']}.${headers['request-time']}.`), body]);
    const verified = verify(
      'sha256',
      content,
      { key: platformPublicKey, padding },
      Buffer.from(decodeURIComponent(value), 'base64'),
    );
    this.notifications.push({ path: url, headers, verified, body: JSON.parse(body.toString()) });
  }
}
