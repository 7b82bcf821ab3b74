import type { Exchange } from '../exchange.js';
import type { Mask } from './mask.js';

/**
 * Replaces everything personal and secret in an exchange by values of the same form: codes and tokens, names, numbers, mails, addresses,
 * ids. Times near the call stay, because lifetimes are computed from them.
 */
export function maskExchange(exchange: Exchange, mask: Mask): Exchange {
  const { at, request, response, notification } = exchange;
  mask.setTime(at);
  return {
    ...exchange,
    isMasked: true,
    request: {
      ...request,
      url: mask.url(request.url, !notification),
      headers: request.headers.map((header) => mask.header(header)),
      body: mask.body(request.body),
    },
    response: response && {
      ...response,
      headers: response.headers.map((header) => mask.header(header)),
      body: mask.body(response.body),
    },
  };
}
