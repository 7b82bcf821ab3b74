import { runCalls } from './calls.mjs';
import { sampleCall, withoutTenant } from './sample.mjs';

/**
 * Makes each call once. The ceiling gives the answers that billetera gave.
 *
 * @param {import('../servers/server-process.mjs').Server} billetera
 * @param {string[]} names of calls
 * @returns {Promise<Record<string, { status: number, body: string }>>} by path, without the tenant
 */
export async function exampleAnswers(billetera, names) {
  const examples = {};
  await runCalls(names, 1, async (_name, call, requests) => {
    const { answers } = await sampleCall(billetera, call, requests, 1);
    const [{ status, body }] = answers;
    examples[withoutTenant(requests[0].path)] = { status, body };
    return answers;
  });
  return examples;
}
