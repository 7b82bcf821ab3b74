import type { FastifyReply, FastifyRequest } from 'fastify';
import { tenantBase } from '../http/address.js';
import type { PublicAddress } from '../http/public-address.js';
import { sendError } from '../http/send-error.js';
import { sendUnknownPage } from '../pages/unknown-page.js';
import type { IncomingCall } from './incoming-call.js';

export interface WrongAddressOptions {
  /** True if a GET of the path, without tenant and query, is answered by a page or another route of the emulator. */
  isPage(path: string): boolean;
  publicAddress: PublicAddress;
}

const reads = new Set(['GET', 'HEAD']);
/** A merchant's server sends at least one of these. */
const merchantHeaders = ['client-id', 'request-time', 'signature'];

/**
 * Answers a person or a probe at an address that does not exist: with a redirect to the page without the slash at the end, with a
 * page for a browser, else with JSON. The status is 404, not 200, so that a probe does not take the answer for a success.
 * @returns undefined if the request can be a merchant's call
 */
export function answerWrongAddress(
  request: FastifyRequest,
  reply: FastifyReply,
  call: IncomingCall,
  { isPage, publicAddress }: WrongAddressOptions,
): Promise<string> | FastifyReply | undefined {
  if (!reads.has(call.method) || !isUnknown(call) || merchantHeaders.some((name) => call.headers[name] !== undefined))
    return undefined;
  const { address } = request.raw;
  const page = withoutEndSlashes(address.path);
  if (page !== address.path && isPage(page))
    return reply.redirect(call.basePath + withoutEndSlashes(address.sentPath) + address.query);
  if (isBrowser(request) && publicAddress.of(request).isOurs) {
    const prefix = call.basePath + (address.tenant === undefined ? '' : tenantBase(address.tenant));
    return sendUnknownPage(request, reply, call.tenant, prefix);
  }
  return sendError(
    reply,
    404,
    'not-found',
    `there is no page and no operation at ${call.sentPath.slice(0, 200)}; to check that the emulator is ready, use /_emulator/health`,
  );
}

function isUnknown({ tenant, path }: IncomingCall): boolean {
  return !tenant.profile.operations.has(path) && !tenant.scenarios.namesPath(path);
}

/** A browser that opens a page accepts HTML. Scripts of a page and other tools do not say so. */
function isBrowser({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') === true;
}

function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
