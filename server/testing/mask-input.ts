import type { Exchange, Header } from '../recordings/exchange.js';
import { Mask } from '../recordings/mask/mask.js';

/** The time of the exchanges. */
export const at = Date.parse('2026-01-31T10:00:00.250Z');

const words = new Set(['SUCCESS', 'USED_AUTHCODE', 'USER_ID', 'MOBILE_PHONE', 'AUTHORIZATION_CODE']);

/** A mask that knows some words of a wallet, and the host of its sandbox. */
export const newMask = () => new Mask({ words: () => words, host: 'sandbox.example' });

interface Parts {
  url?: string;
  requestHeaders?: Header[];
  requestBody?: unknown;
  headers?: Header[];
  body?: unknown;
  notification?: boolean;
}

const bytes = (body: unknown) =>
  Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? ''));

/** A call to the sandbox, with these parts. */
export function exchangeWith({
  url = 'https://sandbox.example/v2/a',
  requestHeaders = [],
  requestBody = '',
  headers = [],
  body = '',
  notification = false,
}: Parts): Exchange {
  return {
    at,
    durationMs: 1,
    request: { method: 'POST', url, headers: requestHeaders, body: bytes(requestBody) },
    response: { status: 200, headers, body: bytes(body) },
    notification,
  };
}
