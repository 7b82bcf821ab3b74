import { medianRatio } from '../rounds.mjs';
import { median } from '../statistics.mjs';
import { checkAnswers, checkCeilingAnswers } from './check.mjs';
import { send } from './send.mjs';

/**
 * @typedef {import('./calls.mjs').Call} Call
 * @typedef {import('./send.mjs').Request} Request
 * @typedef {import('./send.mjs').Answer} Answer
 * @typedef {import('../servers/server-process.mjs').Server} Server
 *
 * @typedef {object} Sample
 * @property {number} rate calls in a second
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {number} cpu the server's processor time for a call in milliseconds; NaN if the system does not tell it
 */

/**
 * Sends a call's requests to billetera, or to the peer, and checks the answers.
 *
 * @param {Server} server
 * @param {Call} call
 * @param {Request[]} requests
 * @param {number} connections
 * @returns {Promise<Sample & { answers: Answer[] }>}
 */
export async function sampleCall(server, call, requests, connections) {
  const sample = await sampleRequests(server, requests, connections);
  checkAnswers(call, requests, sample.answers);
  return sample;
}

/**
 * Sends the same requests to the ceiling, and checks the answers.
 *
 * @param {Server} ceiling
 * @param {Call} call
 * @param {Request[]} requests
 * @param {number} connections
 * @param {Record<string, { status: number, body: string }>} expected by path
 * @returns {Promise<Sample>}
 */
export async function sampleCeiling(ceiling, call, requests, connections, expected) {
  const { answers, ...sample } = await sampleRequests(ceiling, requests, connections);
  checkCeilingAnswers(call, requests, answers, expected[withoutTenant(requests[0].path)]);
  return sample;
}

/** @returns the path as the ceiling knows it */
export function withoutTenant(path) {
  return path.replace(/^\/t\/[^/]+/, '');
}

/** @param {Sample[]} samples @returns {Sample} the median of each value */
export function medianSample(samples) {
  const of = (field) => median(samples.map((sample) => sample[field]));
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), cpu: of('cpu') };
}

/**
 * Compares two servers, round by round.
 *
 * @param {Sample[]} samples of each round
 * @param {Sample[]} others of the same rounds
 * @param {keyof Sample} field
 * @returns {number} the median of the ratios
 */
export function sampleRatio(samples, others, field) {
  return medianRatio(
    samples.map((sample) => sample[field]),
    others.map((sample) => sample[field]),
  );
}

async function sampleRequests(server, requests, connections) {
  const before = server.processorTime();
  const load = await send(server.url, requests, connections);
  return { ...load, cpu: (server.processorTime() - before) / requests.length };
}
