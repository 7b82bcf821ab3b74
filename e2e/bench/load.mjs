import autocannon from 'autocannon';

/** The number of connections. Each has one request in flight. */
export const connections = 20;

/**
 * @typedef {{ method: string, path: string, headers: Record<string, string>, body: string }} Request
 * @typedef {{ request: Request, body: string, headers: Record<string, string> }} Seen
 * @typedef {{ rate: number, p50: number, p99: number, bodies: string[], seen: Seen[] }} Load `rate` in requests per second,
 *   `p50` and `p99` in milliseconds, the bodies of all responses, and every fiftieth response with its headers
 */

/**
 * Sends each request once, over 20 connections. All requests are built before the first one is sent.
 *
 * @param {string} url
 * @param {Request[]} requests
 * @param {string} expected a text that every response body must contain
 * @returns {Promise<Load>}
 * @throws Error if a response is missing, has another status than 2xx, or does not contain the expected text
 */
export async function load(url, requests, expected) {
  const bodies = [];
  const seen = [];
  const times = [];
  let handedOut = 0;
  let began = 0;
  let ended = 0;
  let wrong;
  const instance = autocannon({
    url,
    connections,
    amount: requests.length,
    sampleInt: 10,
    setupClient(client) {
      const share = requests.filter((_, index) => index % connections === handedOut);
      handedOut++;
      client.setRequests(share.map((request, index) => (index % 50 === 0 ? observed(request, seen) : { ...request })));
    },
    verifyBody(body) {
      bodies.push(body);
      const right = body.includes(expected);
      if (!right) wrong ??= body;
      return right;
    },
  });
  instance.on('start', () => {
    began = performance.now();
  });
  instance.on('response', (_client, _status, _bytes, milliseconds) => {
    times.push(milliseconds);
    ended = performance.now();
  });
  const { non2xx, errors } = await instance;
  if (wrong !== undefined || non2xx > 0 || errors > 0 || bodies.length !== requests.length) {
    const counts = `${bodies.length} answers to ${requests.length} requests, ${non2xx} not 2xx, ${errors} errors`;
    throw new Error(
      `${url}${requests[0].path}: ${counts}${wrong === undefined ? '' : `; without ${expected}: ${wrong.slice(0, 300)}`}`,
    );
  }
  times.sort((a, b) => a - b);
  const quantile = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  return { rate: requests.length / ((ended - began) / 1000), p50: quantile(0.5), p99: quantile(0.99), bodies, seen };
}

function observed(request, seen) {
  return { ...request, onResponse: (_status, body, _context, headers) => seen.push({ request, body, headers }) };
}
