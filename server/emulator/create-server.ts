import { createServer as createHttpServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ControlErrorCode } from '../http/control-error-code.js';
import { product, productHeader } from '../http/product-header.js';
import { noteTcpConnections } from '../http/reset-connection.js';
import type { Certificate } from './certificate.js';

/** An idle connection stays open for this long, in milliseconds of the machine's clock. */
const keepAliveTimeoutMs = 72_000;
/** A client must send a whole request within this time, in milliseconds of the machine's clock. */
const requestTimeoutMs = 120_000;

/**
 * Creates a server for the app's routes. Every server of an emulator comes from here, so HTTP and HTTPS differ only in the certificate.
 * @param certificate absent: the server speaks HTTP
 */
export function createServer(app: FastifyInstance, certificate?: Certificate): Server {
  const answer = app.routing as never;
  const server = certificate === undefined ? createHttpServer(answer) : createSecureServer(certificate, answer);
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  server.on('clientError', answerClientError);
  return server;
}

function createSecureServer(certificate: Certificate, answer: RequestListener): Server {
  const server = createHttpsServer(certificate, answer);
  noteTcpConnections(server);
  return server;
}

/** Answers a request that Node could not read. No route has seen it. */
function answerClientError({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.writable && code !== 'ECONNRESET') {
    const { status, ...content } = clientErrors[code ?? ''] ?? unreadable;
    const body = JSON.stringify(content);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      // A call of the control API may be too large, and its client must know who refuses it.
      `${productHeader}: ${product}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy();
}

interface ClientError {
  status: number;
  error: ControlErrorCode;
  message: string;
}

const unreadable: ClientError = { status: 400, error: 'unreadable', message: 'this is not an HTTP request' };
const clientErrors: Record<string, ClientError> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    error: 'not-in-time',
    message: `the request did not come within ${requestTimeoutMs / 1000} s`,
  },
  HPE_HEADER_OVERFLOW: { status: 431, error: 'too-large', message: 'the headers are too large: expected at most 16 KiB' },
};
