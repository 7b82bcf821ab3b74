import {
  ILLEGAL,
  isObject,
  NETWORK,
  NOT_PERMITTED,
  type Outcome,
  refuse,
  UNKNOWN,
  type Value,
} from '../../bridge/core/outcome.js';

/** Milliseconds. */
const patience = 30_000;

export interface Wallet {
  url: string;
  appId: string | undefined;
  origin: string | undefined;
}

/** Asks the wallet as its bridge does from a page. Never rejects. */
export async function askWallet({ url, appId, origin }: Wallet, name: string, params: Value): Promise<Outcome> {
  let body: string;
  try {
    body = JSON.stringify({ name, params, ...(appId !== undefined && { appId }) });
  } catch (error) {
    return refuse(ILLEGAL, `the parameters of ${name} cannot be sent: ${error}`);
  }
  const late = AbortSignal.timeout(patience);
  let status: number;
  let answer: unknown;
  try {
    const response = await fetch(`${url}/wallet/jsapi`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(origin !== undefined && { origin }) },
      body,
      signal: late,
    });
    status = response.status;
    answer = await response.json().catch(() => undefined);
  } catch (error) {
    const { cause } = error as { cause?: Error };
    const what = late.aborted ? `did not answer within ${patience / 1000} s` : `cannot be reached (${cause?.message || error})`;
    return refuse(NETWORK, `the wallet at ${url} ${what}`);
  }
  if (!isObject(answer)) return refuse(UNKNOWN, `the wallet at ${url} answered HTTP ${status}, and not in JSON`);
  if (status !== 200) return refuse(UNKNOWN, String(answer.message ?? `the wallet answered HTTP ${status}`));
  if (typeof answer.sheet === 'string')
    return refuse(
      NOT_PERMITTED,
      `${name} would show a screen, and here is none: choose a user who decides alone, or the setting consent: grant or deny`,
    );
  return { ok: answer.ok === true, result: isObject(answer.result) ? answer.result : {} };
}
