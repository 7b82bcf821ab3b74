// @ts-check
/**
 * A sample merchant's server. It talks to the platform and to the merchant's mini program. It does not know that the platform
 * is an emulator: for the real platform, only the environment variables change.
 *
 *   PLATFORM_URL          default http://127.0.0.1:4010
 *   CLIENT_ID, APP_ID     as registered with the platform
 *   PRIVATE_KEY           a PEM file; default keys/merchant.private.pem
 *   PLATFORM_PUBLIC_KEY   a PEM file; default keys/platform.public.pem
 *   SIGNATURE_ENCODING    percent (default), plain or base64url
 *   PLATFORM_TIMEOUT_MS   default 10000
 *   MINI_PROGRAM_ORIGIN   the only origin that may call; default any, because the server uses no cookies
 *   PORT                  default 0, which takes a free port
 *   HOST                  the address to listen on; default 127.0.0.1
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { ENCODINGS, PlatformClient, PlatformRefusal, PlatformUnreachable, UnverifiedResponse } from './platform-client.mjs';
import { NoSession, Sessions } from './sessions.mjs';

const BODY_LIMIT = 64 * 1024;

const { env } = process;
const encoding = env.SIGNATURE_ENCODING || 'percent';
if (!Object.hasOwn(ENCODINGS, encoding)) {
  console.error(`SIGNATURE_ENCODING: expected one of ${Object.keys(ENCODINGS).join(', ')}, got ${encoding}`);
  process.exit(1);
}

const sessions = new Sessions(
  new PlatformClient({
    platformUrl: env.PLATFORM_URL || 'http://127.0.0.1:4010',
    clientId: env.CLIENT_ID || '202016726873874774774000',
    appId: env.APP_ID || '3333010071465913000',
    privateKey: readFileSync(env.PRIVATE_KEY || new URL('keys/merchant.private.pem', import.meta.url), 'utf8'),
    platformPublicKey: readFileSync(env.PLATFORM_PUBLIC_KEY || new URL('keys/platform.public.pem', import.meta.url), 'utf8'),
    signatureEncoding: /** @type {keyof typeof ENCODINGS} */ (encoding),
    timeout: Number(env.PLATFORM_TIMEOUT_MS || 10_000),
  }),
);

class BadRequest extends Error {}

/** @type {Record<string, (body: Record<string, unknown>) => Promise<object>>} */
const routes = {
  'POST /login': (body) => sessions.login(field(body, 'authCode')),
  'POST /profile': (body) => sessions.profile(field(body, 'session')),
  'POST /refresh': (body) => sessions.refresh(field(body, 'session')),
  'POST /logout': (body) => sessions.logout(field(body, 'session')),
  'GET /health': async () => ({}),
};

const server = createServer(async (request, response) => {
  const { status, answer } = await handle(request);
  const headers = {
    'access-control-allow-origin': env.MINI_PROGRAM_ORIGIN || '*',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    'cache-control': 'no-store',
  };
  if (!answer) response.writeHead(status, headers).end();
  else response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(answer));
});

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<{ status: number, answer?: object }>}
 */
async function handle(request) {
  if (request.method === 'OPTIONS') return { status: 204 };
  const name = `${request.method} ${request.url?.split('?')[0]}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) return failure(404, 'NOT_FOUND', `${name} is unknown; use one of ${Object.keys(routes).join(', ')}`);
  try {
    const body = request.method === 'POST' ? await readJson(request) : {};
    return { status: 200, answer: { ok: true, ...(await route(body)) } };
  } catch (error) {
    return explain(error);
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof PlatformRefusal) return failure(200, error.result.resultCode, error.result.resultMessage);
  if (error instanceof NoSession) return failure(401, 'NO_SESSION', error.message);
  if (error instanceof BadRequest) return failure(400, 'BAD_REQUEST', error.message);
  console.error(error);
  if (error instanceof UnverifiedResponse) return failure(502, 'PLATFORM_UNVERIFIED', error.message);
  if (error instanceof PlatformUnreachable) return failure(502, 'PLATFORM_UNREACHABLE', error.message);
  return failure(500, 'MERCHANT_ERROR', 'something went wrong on our side');
}

/**
 * @param {number} status
 * @param {string} resultCode
 * @param {string} resultMessage
 */
function failure(status, resultCode, resultMessage) {
  return { status, answer: { ok: false, resultCode, resultMessage } };
}

/** @param {import('node:http').IncomingMessage} request */
async function readJson(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new BadRequest(`the body is over ${BODY_LIMIT} bytes`);
    chunks.push(chunk);
  }
  try {
    return Object(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch {
    throw new BadRequest('the body is not JSON');
  }
}

/**
 * @param {Record<string, unknown>} body
 * @param {string} name
 */
function field(body, name) {
  const value = body[name];
  if (typeof value !== 'string' || !value) throw new BadRequest(`${name}: expected a string`);
  return value;
}

server.listen(Number(env.PORT || 0), env.HOST || '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`merchant ready at http://127.0.0.1:${port}`);
});
