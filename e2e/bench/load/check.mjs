import { isSignedAnswer } from './merchant.mjs';

/**
 * @typedef {import('./calls.mjs').Call} Call
 * @typedef {import('./send.mjs').Request} Request
 * @typedef {import('./send.mjs').Answer} Answer
 */

/**
 * Checks every answer to a call.
 *
 * @param {Call} call
 * @param {Request[]} requests
 * @param {Answer[]} answers in the order of the requests
 * @throws Error if an answer is wrong
 */
export function checkAnswers(call, requests, answers) {
  const results = answers.map(({ status, body }, number) => {
    const result = call.result(body === '' ? undefined : JSON.parse(body), number);
    if (result === undefined) throw new Error(`${call.title}: a wrong answer with status ${status}: ${body.slice(0, 300)}`);
    return result;
  });
  if (call.isNew && new Set(results).size < results.length) throw new Error(`${call.title}: two answers are the same`);
  checkSignatures(call, requests, answers);
}

/**
 * Checks every answer of the ceiling, which always gives the same.
 *
 * @param {Call} call
 * @param {Request[]} requests
 * @param {Answer[]} answers
 * @param {{ status: number, body: string }} expected
 * @throws Error if an answer is wrong
 */
export function checkCeilingAnswers(call, requests, answers, expected) {
  const wrong = answers.find(({ status, body }) => status !== expected.status || body !== expected.body);
  if (wrong !== undefined) throw new Error(`${call.title}: the ceiling answered ${wrong.status} ${wrong.body.slice(0, 300)}`);
  checkSignatures(call, requests, answers);
}

function checkSignatures(call, requests, answers) {
  if (!call.isSigned) return;
  const wrong = answers.findIndex((answer, number) => !isSignedAnswer(requests[number], answer));
  if (wrong !== -1)
    throw new Error(`${call.title}: the signature of an answer does not verify: ${answers[wrong].body.slice(0, 300)}`);
}
