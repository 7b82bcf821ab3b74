import autocannon from 'autocannon';
import { quantile } from '../statistics.mjs';

/**
 * @typedef {{ method: string, path: string, headers: Record<string, string>, body: string }} Request
 * @typedef {{ status: number, headers: Record<string, string>, body: string }} Answer
 * @typedef {{ rate: number, p50: number, p99: number, answers: Answer[] }} Load `rate` in requests per second, `p50` and `p99` in
 *   milliseconds, and the answers in the order of the requests
 */

/**
 * Sends each request once. Each connection has one request in flight. All requests are built before the first one is sent.
 *
 * @param {string} url
 * @param {Request[]} requests
 * @param {number} connections
 * @returns {Promise<Load>}
 * @throws Error if an answer is missing, or has another status than 2xx
 */
export async function send(url, requests, connections) {
  const answers = [];
  const times = [];
  let handedOut = 0;
  let began = 0;
  let ended = 0;
  const recorded = (request, index) => ({
    ...request,
    onResponse: (status, body, _context, headers) => {
      answers[index] = { status, headers, body };
    },
  });
  const instance = autocannon({
    url,
    connections: Math.min(connections, requests.length),
    amount: requests.length,
    sampleInt: 10,
    setupClient(client) {
      const share = requests.flatMap((request, index) => (index % connections === handedOut ? [recorded(request, index)] : []));
      client.setRequests(share);
      handedOut++;
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
  const count = Object.keys(answers).length;
  if (non2xx > 0 || errors > 0 || count !== requests.length) {
    const wrong = answers.find((answer) => answer !== undefined && (answer.status < 200 || answer.status > 299));
    const example = wrong === undefined ? '' : `; ${wrong.status}: ${wrong.body.slice(0, 300)}`;
    throw new Error(
      `${url}${requests[0].path}: ${count} answers to ${requests.length} requests, ${non2xx} not 2xx, ${errors} errors${example}`,
    );
  }
  return {
    rate: requests.length / ((ended - began) / 1000),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    answers,
  };
}
